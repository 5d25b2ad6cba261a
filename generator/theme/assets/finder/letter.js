// La lettre qui demande une COP : la page de la commune la tient prête, on la montre ici avec le nom de qui l’envoie.
// Sans script, elle se complète à la main. Rien de ce qui est écrit ne quitte le navigateur.
// @ts-check
import { ecris, parametres } from "./address_bar.js";
import { openField } from "./commune_field.js";
import { RACINE } from "../shared/data.js";
import { demande, raconte } from "../shared/failures.js";
import { offreEncore, patiente } from "../shared/waiting.js";

/** @typedef {import("../shared/place_index.js").Place} Place */

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const lettre = $("lettre-texte");
const nom = /** @type {HTMLInputElement} */ ($("lettre-nom"));
const adresse = /** @type {HTMLInputElement} */ ($("lettre-adresse"));
const commune = /** @type {HTMLInputElement} */ ($("lettre-commune"));
const message = /** @type {HTMLAnchorElement} */ ($("lettre-message"));

/** Les mots entre crochets de la signature, et le champ qui les remplace. */
const SIGNATURE = new Map([
  ["[Votre nom, ou celui de votre association]", nom],
  ["[Votre adresse ou votre courriel]", adresse],
]);

/** La lettre de la commune choisie, telle que sa page la donne. @type {Element} */
let modele = /** @type {Element} */ (lettre.cloneNode(true));
/** L’adresse de la mairie, vide quand elle n’est pas connue. */
let mairie = "";

/** Met dans la page la lettre et ce que la personne a écrit d’elle-même. */
function compose() {
  const copie = /** @type {Element} */ (modele.cloneNode(true));
  const textes = document.createTreeWalker(copie, NodeFilter.SHOW_TEXT);
  while (textes.nextNode()) {
    const texte = textes.currentNode;
    const champ = SIGNATURE.get((texte.textContent ?? "").trim());
    if (champ?.value.trim()) texte.textContent = champ.value.trim();
  }
  lettre.replaceChildren(...copie.childNodes);
  const [objet, ...lignes] = [...lettre.children].map((p) => /** @type {HTMLElement} */ (p).innerText.trim());
  const sujet = objet.replace(/^Objet\s*:\s*/, "");
  message.hidden = !mairie;
  message.href = `mailto:${mairie}?subject=${encodeURIComponent(sujet)}&body=${encodeURIComponent(lignes.join("\r\n\r\n"))}`;
}

const etat = $("lettre-etat");

/** @param {Place} c */
async function montre(c) {
  try {
    const venue = await patiente(demande(RACINE + c.chemin), () => {
      etat.textContent = "La lettre arrive…";
    });
    const page = new DOMParser().parseFromString(venue, "text/html");
    const prete = page.getElementById("lettre-texte");
    if (!prete) throw new TypeError("une page de commune sans lettre");
    modele = prete;
    mairie = decodeURIComponent(
      (page.getElementById("lettre-courriel")?.getAttribute("href") ?? "").replace(/^mailto:|\?.*$/g, ""),
    );
    compose();
    $("lettre-envoi").hidden = false;
    etat.textContent = mairie
      ? `La lettre est prête, et l’adresse de la mairie est connue : ${mairie}.`
      : "La lettre est prête. L’adresse de la mairie n’est pas connue ici : cherchez-la sur le site de la commune.";
    ecris({ commune: c.code }, false);
  } catch (erreur) {
    const mots = raconte(erreur, "La lettre de cette commune ne se charge pas", "Vérifiez la connexion.");
    offreEncore(etat, mots, () => montre(c));
  }
}

for (const champ of SIGNATURE.values()) champ.addEventListener("input", compose);
$("lettre-imprimer").addEventListener("click", () => print());
const choix = openField(commune, montre, etat, "commune");
// Le formulaire n’a pas de bouton : Entrée prend la réponse certaine.
commune.addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || e.defaultPrevented) return;
  e.preventDefault();
  choix.answer();
});

// Ce qui fut écrit avant que ce module n’arrive.
if (nom.value || adresse.value) compose();
const demandee = parametres().get("commune");
if (demandee) choix.readAddress(demandee, choix.prend);
