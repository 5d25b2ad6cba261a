// La page des réponses : les premières de chaque sorte, ou une sorte entière, de page en page. Tout est dans l’adresse :
// revenir, recharger ou partager donne la même réponse.
// @ts-check
import { ATTENTE_DE_RECHERCHE, panneDeRecherche, patiente, reessayer } from "../shared/waiting.js";

const demande = new URLSearchParams(location.search);
const question = (demande.get("q") ?? "").trim();
const etat = /** @type {HTMLElement} */ (document.getElementById("reponses-etat"));
const zone = /** @type {HTMLElement} */ (document.getElementById("reponses"));

/** La page tient la place de ces mots avant de les connaître : rien ne saute quand ils arrivent. @param {string} mots */
function dis(mots) {
  etat.textContent = mots;
  etat.hidden = false;
}

/** @type {typeof import("./listing.js") | undefined} */
let venu;

async function reponds() {
  venu = await import("./listing.js");
  return venu.reponds(question, demande.get("sorte") ?? "", Number(demande.get("p")));
}

async function montre() {
  zone.replaceChildren();
  try {
    const { mots, suite } = await patiente(reponds(), () => {
      dis(ATTENTE_DE_RECHERCHE);
    });
    dis(mots);
    zone.replaceChildren(...suite);
  } catch (erreur) {
    const { mots, refait } = await panneDeRecherche(erreur);
    dis(mots);
    if (refait) return;
    // Un script qui n’est pas venu le reste, pour certains navigateurs, jusqu’à la prochaine page.
    zone.replaceChildren(reessayer(venu ? montre : () => location.reload(), "bouton bouton--second"));
  }
}

if (question.length > 1) {
  const champ = /** @type {HTMLInputElement | null} */ (document.getElementById("recherche"));
  if (champ) champ.value = question;
  document.title = `${question.slice(0, 60)} · ${document.title}`;
  montre();
} else etat.hidden = false;
