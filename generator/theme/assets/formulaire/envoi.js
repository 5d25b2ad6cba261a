// Les sorties : la forge, le courriel, le fichier. Chacune dit ce qu’il reste à faire, même quand le navigateur refuse.
// @ts-check
import { element } from "../donnees.js"

/** Octets d’une adresse que GitHub accepte sans erreur 414, avec une marge. */
const ADRESSE_MAX = 8000
/** Signes d’un lien de courriel que tous les logiciels ouvrent. */
const COURRIEL_MAX = 1900

/** @param {(Node | string)[]} contenu */
function suite(...contenu) {
  const zone = /** @type {HTMLElement} */ (document.getElementById("envoi-suite"))
  zone.replaceChildren(element("div", { class: "avis" }, ...contenu))
}

/** @param {string} texte @returns {HTMLElement} */
const ligne = (texte) => element("p", {}, texte)

/** Le texte à copier à la main, quand le presse-papiers est refusé. @param {string} texte @returns {HTMLElement} */
function aCopier(texte) {
  const zone = element("textarea", { class: "saisie", rows: "8", readonly: "", "aria-label": "Le fichier, à copier" })
  zone.value = texte
  zone.addEventListener("focus", () => zone.select())
  return zone
}

/** @param {string} texte @returns {Promise<boolean>} */
async function copie(texte) {
  try {
    await navigator.clipboard.writeText(texte)
    return true
  } catch {
    return false
  }
}

/** Ouvre une page ; faux quand le navigateur bloque les fenêtres. @param {string} adresse @returns {boolean} */
function ouvre(adresse) {
  const fenetre = open(adresse, "_blank")
  if (!fenetre) return false
  fenetre.opener = null
  return true
}

/** @param {string} nom @param {string} texte */
export function telecharge(nom, texte) {
  const adresse = URL.createObjectURL(new Blob([texte], { type: "application/yaml" }))
  const lien = element("a", { href: adresse, download: nom })
  document.body.append(lien)
  lien.click()
  lien.remove()
  setTimeout(() => URL.revokeObjectURL(adresse), 60_000)
}

/** @param {HTMLElement} zone le formulaire, qui porte les adresses @param {{chemin: string, texte: string}} fichier */
export function fichier(zone, { chemin, texte }) {
  const nom = chemin.split("/").at(-1) ?? "fiche.yml"
  telecharge(nom, texte)
  const ou = zone.dataset.courriel
    ? ligne("Joignez-le à un courriel à l’annuaire, ou gardez-le.")
    : ligne("Gardez-le : il sera accepté tel quel dès que l’annuaire aura une adresse où l’envoyer.")
  suite(ligne(`Le fichier ${nom} est dans vos téléchargements.`), ou)
}

/** Proposer un nouveau fichier, ou la modification d’un fichier publié, sur la forge.
 * @param {HTMLElement} zone @param {{chemin: string, texte: string, correction: boolean}} fichier */
export async function forge(zone, { chemin, texte, correction }) {
  const modele = (correction ? zone.dataset.edition : zone.dataset.nouveau) ?? ""
  const nom = zone.dataset.forge ?? "la forge"
  const sans = modele.replace("&value={texte}", "").replace("{chemin}", correction ? chemin.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(chemin))
  const avec = modele.replace("{chemin}", encodeURIComponent(chemin)).replace("{texte}", encodeURIComponent(texte))
  const entier = !correction && modele.includes("{texte}") && avec.length <= ADRESSE_MAX
  const adresse = entier ? avec : sans
  // Ouvrir d’abord : après une attente, le navigateur ne croit plus que c’est la personne qui l’a demandé.
  const copiee = entier ? true : copie(texte)
  const ouverte = ouvre(adresse)
  const faite = await copiee
  const lien = element("a", { href: adresse, target: "_blank", rel: "noopener" }, `Ouvrir la page de ${nom}`)
  const pas = [
    ouverte ? ligne(`La page de ${nom} s’est ouverte dans un autre onglet.`) : element("p", {}, "Votre navigateur a bloqué l’ouverture de la page. ", lien),
  ]
  if (!entier) {
    pas.push(ligne(faite
      ? correction ? "Le texte est copié : là-bas, sélectionnez tout, puis collez à la place." : "Le texte est copié : collez-le dans la grande zone vide."
      : correction ? "Copiez le texte ci-dessous, puis collez-le là-bas à la place de tout le reste." : "Copiez le texte ci-dessous, puis collez-le dans la grande zone vide."))
    if (!faite) pas.push(aCopier(texte))
  }
  pas.push(ligne("Enregistrez-y la proposition (« Propose changes » ou « Commit changes ») : la vérification et la relecture se font ensuite toutes seules."))
  suite(...pas)
}

/** Demander une correction sur la forge : la demande est lue, vérifiée et proposée toute seule.
 * @param {HTMLElement} zone @param {{texte: string, fiche: string, titre: string, changement: string}} correction */
export async function demande(zone, { texte, fiche, titre, changement }) {
  const trous = (/** @type {string} */ fichier) => Object.entries({ titre, fiche, changement, fichier }).reduce(
    (adresse, [nom, valeur]) => adresse.replace(`%7B${nom}%7D`, () => encodeURIComponent(valeur)), zone.dataset.demande ?? "")
  const entiere = trous(texte).length <= ADRESSE_MAX
  const adresse = entiere ? trous(texte) : trous("")
  const copiee = entiere ? true : copie(texte)
  const ouverte = ouvre(adresse)
  const faite = await copiee
  const lien = element("a", { href: adresse, target: "_blank", rel: "noopener" }, "Ouvrir la demande")
  const pas = [ouverte ? ligne("La demande, déjà remplie, s’est ouverte dans un autre onglet : relisez-la et envoyez-la.")
    : element("p", {}, "Votre navigateur a bloqué l’ouverture de la page. ", lien)]
  if (!entiere) pas.push(ligne(faite ? "Le fichier corrigé est copié : collez-le dans la dernière case." : "Copiez le texte ci-dessous, puis collez-le dans la dernière case."))
  if (!faite) pas.push(aCopier(texte))
  suite(...pas)
}

/** @param {HTMLElement} zone @param {{chemin: string, texte: string, sujet: string, resume: string}} message */
export function courriel(zone, { chemin, texte, sujet, resume }) {
  const adresse = zone.dataset.courriel ?? ""
  const lien = (/** @type {string} */ corps) => `mailto:${adresse}?subject=${encodeURIComponent(sujet)}&body=${encodeURIComponent(corps.replaceAll("\n", "\r\n"))}`
  const debut = `Bonjour,\n\n${resume}\n\nFichier : ${chemin}\nJ’accepte la publication sous Licence Ouverte 2.0.\n`
  const entier = lien(`${debut}\n${texte}`)
  if (entier.length <= COURRIEL_MAX) {
    location.href = entier
    suite(ligne("Votre logiciel de courriel s’ouvre avec le message prêt : il reste à l’envoyer."),
      element("p", {}, "Rien ne s’est ouvert ? Écrivez à ", element("strong", {}, adresse), " et collez ce texte :"), aCopier(texte))
    return
  }
  telecharge(chemin.split("/").at(-1) ?? "fiche.yml", texte)
  location.href = lien(`${debut}\n(Le fichier est joint.)\n`)
  suite(ligne("La fiche est trop longue pour tenir dans le message : elle vient d’être téléchargée. Joignez ce fichier au courriel qui s’ouvre."),
    element("p", {}, "Rien ne s’est ouvert ? Écrivez à ", element("strong", {}, adresse), " et joignez-le."))
}
