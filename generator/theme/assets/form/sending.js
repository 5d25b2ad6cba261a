// Deux sorties, le courriel et le fichier ; la forge est dans forge.js. Chacune dit ce qu’il reste à faire, même quand le
// navigateur refuse.
// @ts-check
import { element } from "../shared/data.js";
import { typo } from "../shared/waiting.js";

/** Ce qu’il reste à faire ; rien, pour effacer ce qui était dit. @param {(Node | string)[]} contenu */
export function suite(...contenu) {
  document.getElementById("envoi-texte")?.replaceChildren();
  document
    .getElementById("envoi-suite")
    ?.replaceChildren(...(contenu.length ? [element("div", { class: "avis" }, ...contenu)] : []));
}

/** @param {(Node | string)[]} texte @returns {HTMLElement} */
export const ligne = (...texte) => element("p", {}, ...texte.map((un) => (typeof un === "string" ? typo(un) : un)));

/** Après une fiche nouvelle, on en décrit souvent une autre. @returns {HTMLElement} */
export const autreFiche = () =>
  ligne(
    "C’est envoyé ? ",
    element("button", { class: "lien", type: "button", "data-action": "effacer" }, "Commencer une autre fiche"),
  );

/** Le texte à copier à la main, hors de ce qui se lit à voix haute. @param {string} texte */
export function aCopier(texte) {
  const zone = element("textarea", {
    class: "saisie fichier",
    rows: "8",
    readonly: "",
    "aria-label": "Le texte à copier",
  });
  zone.value = texte;
  zone.addEventListener("focus", () => zone.select());
  document.getElementById("envoi-texte")?.replaceChildren(zone);
}

/** @param {string} texte @returns {Promise<boolean>} */
export async function copie(texte) {
  try {
    await navigator.clipboard.writeText(texte);
    return true;
  } catch {
    return false;
  }
}

/** Suit un lien que la page ne montre pas. @param {Record<string, string>} attributs */
function suis(attributs) {
  const lien = element("a", attributs);
  document.body.append(lien);
  lien.click();
  lien.remove();
}

/** @param {string} nom @param {string} texte @param {string} [type] */
export function telecharge(nom, texte, type = "application/yaml") {
  const adresse = URL.createObjectURL(new Blob([texte], { type }));
  suis({ href: adresse, download: nom });
  setTimeout(() => URL.revokeObjectURL(adresse), 60_000);
}

/** @param {HTMLElement} zone le formulaire, qui porte les adresses @param {{chemin: string, texte: string}} fichier */
export function fichier(zone, { chemin, texte }) {
  const nom = nomDe(chemin);
  telecharge(nom, texte);
  const adresse = zone.dataset.courriel,
    depot = zone.dataset.depot;
  suite(
    ligne(`Le fichier ${nom} est dans vos téléchargements.`),
    adresse
      ? ligne("Joignez-le à un courriel pour ", element("strong", {}, adresse), ", ou gardez-le.")
      : depot
        ? ligne("Déposez-le sur ", element("a", { href: depot }, "le dépôt de l’annuaire"), ", ou gardez-le.")
        : ligne("Gardez-le : vous pourrez l’envoyer dès que l’annuaire aura une adresse où le recevoir."),
  );
}

/** @param {string} chemin */
const nomDe = (chemin) => chemin.split("/").at(-1) || "fiche.yml";

/** Ouvre le message prêt. Ce qui n’y tient pas est copié, et montré.
 * @param {HTMLElement} zone @param {import("./message.js").Message} message @param {boolean} nouvelle */
export async function courriel(zone, { texte, lien, entier }, nouvelle) {
  const copiee = entier ? true : await copie(texte);
  suis({ href: lien });
  const a = element("strong", {}, zone.dataset.courriel ?? "");
  suite(
    ...(entier
      ? [ligne("Votre logiciel de courriel s’ouvre avec le message prêt : il reste à l’envoyer.")]
      : [
          ligne("Votre logiciel de courriel s’ouvre avec le début du message, car il est long."),
          ligne(
            copiee
              ? "Le message entier est copié : collez-le à la place de ce début, puis envoyez."
              : "Copiez le texte ci-dessous, collez-le à la place de ce début, puis envoyez.",
          ),
        ]),
    ligne("Rien ne s’est ouvert ? Écrivez à ", a, " et collez-y le texte ci-dessous."),
    ...(nouvelle ? [autreFiche()] : []),
  );
  aCopier(texte);
}
