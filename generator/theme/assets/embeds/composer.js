// Compose le code à coller sur un autre site, avec l’aperçu. Sans script, la page donne le code du compteur et la règle.
// @ts-check

const formulaire = /** @type {HTMLFormElement | null} */ (document.getElementById("composer"));

/** @param {string} nom @returns {string} */
const valeur = (nom) => String(new FormData(/** @type {HTMLFormElement} */ (formulaire)).get(nom) ?? "").trim();

/** L’identifiant d’une COP, seul ou dans l’adresse de sa page. @param {string} texte @returns {string} */
export const identifiant = (texte) =>
  /^(?:.*\/cops\/)?([a-z0-9]+(?:-[a-z0-9]+)*)\/?(?:index\.html)?(?:[?#].*)?$/.exec(texte.trim())?.[1] ?? "";

/** Ce qui se pose : son chemin, la page qui en dit plus, son titre, la hauteur du cadre.
 * @typedef {{chemin: string, page: string, titre: string, hauteur: number}} Demande */

/** Ce qui est demandé ; null tant qu’il manque une réponse. @returns {Demande | null} */
function demande() {
  const quoi = valeur("quoi");
  if (quoi === "compteur")
    return { chemin: "compteur/", page: "", titre: `${formulaire?.dataset.nom}\u00a0: le compteur`, hauteur: 500 };
  if (quoi === "formations")
    return { chemin: "formations/", page: "formations/", titre: "Les prochaines formations", hauteur: 900 };
  if (quoi === "territoire") {
    const choix = /** @type {HTMLSelectElement} */ (formulaire?.elements.namedItem("territoire"));
    const nom = choix.selectedOptions[0]?.textContent ?? "";
    const chemin = `territoires/${choix.value}/`;
    return { chemin, page: chemin, titre: `Les COP : ${nom}`, hauteur: 800 };
  }
  const id = identifiant(valeur("cop"));
  const chemin = `cops/${id}/`;
  if (!id) return null;
  return {
    chemin: quoi === "badge" ? `cops/${id}.svg` : chemin,
    page: chemin,
    titre: "COP locale, sa fiche",
    hauteur: 540,
  };
}

/** Le cadre ou l’image. Créée dans un document sans fenêtre, une image ne se charge pas.
 * @param {Demande} d @param {string} base @param {Document} document
 * @returns {HTMLElement} */
function element(d, base, document) {
  if (valeur("quoi") === "badge") {
    const lien = document.createElement("a");
    lien.href = adresse(d, base);
    const image = document.createElement("img");
    image.src = base + d.chemin;
    image.width = 280;
    image.height = 64;
    image.alt = `COP locale, sa fiche dans l’annuaire «\u00a0${formulaire?.dataset.nom}\u00a0»`;
    lien.append(image);
    return lien;
  }
  const cadre = document.createElement("iframe");
  cadre.src = base + d.chemin + valeur("couleurs");
  cadre.title = d.titre;
  cadre.width = "100%";
  cadre.height = String(d.hauteur);
  cadre.setAttribute("loading", "lazy");
  return cadre;
}

/** La page entière. @param {Demande} d @param {string} base */
const adresse = (d, base) => base.replace(/integrer\/$/, d.page);

/** Le code : l’attribut style s’ajoute au texte, car notre propre politique le refuse dans la page. Sous un cadre, un lien :
 * des éditeurs de sites ôtent les cadres en enregistrant, et ne laisseraient rien.
 * @param {HTMLElement} e @param {Demande} d @param {string} base @returns {string} */
function ecrit(e, d, base) {
  if (e.localName !== "iframe") return e.outerHTML;
  const lien = e.ownerDocument.createElement("a");
  lien.href = adresse(d, base);
  lien.textContent = d.titre;
  return `${e.outerHTML.replace("></iframe>", ' style="border:0"></iframe>')}\n<p>${lien.outerHTML}</p>`;
}

/** Le même pour l’aperçu, où le style se pose par script. @param {HTMLElement} e @returns {HTMLElement} */
function apercu(e) {
  e.removeAttribute("loading");
  e.style.border = "0";
  return e;
}

/** Si la page ou l’image demandée existe ; sans réseau, on le suppose. @param {string} chemin @returns {Promise<boolean>} */
async function existe(chemin) {
  try {
    return (await fetch(chemin, { method: "HEAD" })).ok;
  } catch {
    return true;
  }
}

const MANQUE = "Ouvrez la fiche de la COP dans l’annuaire et copiez ici l’adresse de la page.";
const INCONNUE = `Aucune fiche n’est à cette adresse. ${MANQUE}`;
const PAUSE = 250; // millisecondes : on n’interroge pas le site à chaque lettre
let tour = 0;

/** Refait le code et l’aperçu ; tant qu’une réponse manque ou se trompe, il n’y a rien à copier. */
async function compose() {
  if (!formulaire) return;
  const mien = ++tour;
  const quoi = valeur("quoi");
  for (const champ of /** @type {NodeListOf<HTMLElement>} */ (formulaire.querySelectorAll("[data-pour]"))) {
    champ.hidden = !(champ.dataset.pour ?? "").split(" ").includes(quoi);
  }
  const d = demande();
  let refus = d === null ? MANQUE : "";
  if (d !== null && (quoi === "cop" || quoi === "badge")) {
    await new Promise((fait) => setTimeout(fait, PAUSE));
    if (mien === tour && !(await existe(d.chemin))) refus = INCONNUE;
    if (mien !== tour) return;
  }
  montre(refus ? null : d, refus);
}

/** @param {Demande | null} d @param {string} refus */
function montre(d, refus) {
  const code = /** @type {HTMLElement} */ (document.getElementById("code"));
  const zone = /** @type {HTMLElement} */ (document.getElementById("apercu"));
  const manque = /** @type {HTMLElement} */ (document.getElementById("manque"));
  manque.textContent = refus;
  for (const e of [code, code.nextElementSibling, zone.closest("section")]) {
    if (e instanceof HTMLElement) e.hidden = d === null;
  }
  if (d === null) return zone.replaceChildren();
  const base = formulaire?.dataset.base ?? "";
  code.textContent = ecrit(element(d, base, document.implementation.createHTMLDocument("")), d, base);
  // L’aperçu vient du site que l’on regarde, même s’il n’est pas encore à son adresse publique.
  zone.replaceChildren(apercu(element(d, new URL("./", location.href).href, document)));
}

if (formulaire) {
  const cop = new URLSearchParams(location.search).get("cop");
  const territoire = new URLSearchParams(location.search).get("territoire");
  const quoi = /** @type {HTMLSelectElement} */ (formulaire.elements.namedItem("quoi"));
  // « quoi » vient en second : une ligne qui commence par une parenthèse appellerait la valeur de celle d’avant.
  if (cop) {
    /** @type {HTMLInputElement} */ (formulaire.elements.namedItem("cop")).value = cop;
    quoi.value = "cop";
  } else if (territoire) {
    const { choose } = await import("../shared/choices.js");
    choose(/** @type {HTMLSelectElement} */ (formulaire.elements.namedItem("territoire")), territoire);
    quoi.value = "territoire";
  }
  formulaire.addEventListener("input", compose);
  formulaire.addEventListener("submit", (e) => e.preventDefault());
  formulaire.hidden = false;
  compose();
}
