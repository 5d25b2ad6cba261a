// La collectivité : un nom, un code postal ou un code INSEE suffit, le reste se remplit et se dit.
// @ts-check
import { cops } from "../annuaire-index.js"
import { choixLieu } from "../choix-commune.js"
import { RACINE, element, plie } from "../donnees.js"
import { pose } from "./controles.js"

/** @typedef {import("../fiche/outils.js").Outils} Outils */
/** @typedef {import("../fiche/lieux.js").Lieu} Lieu */
/** @typedef {import("../fiche/lieux.js").Lieux} Lieux */

/** « commune (Finistère), Quimperlé Communauté ». @param {Lieu} l @param {Lieux} lieux @returns {string} */
function detail(l, lieux) {
  const ou = l.departements.map((code) => lieux.departement(code)?.nom ?? code).join(", ")
  if (l.type === "commune") return `commune (${ou})${l.epci ? `, ${l.epci.nom}` : ""}`
  return l.type === "epci" ? `intercommunalité (${ou})` : l.type === "departement" ? "département" : "région"
}

/** L’ancienne commune par laquelle on a trouvé celle-ci. @param {Lieu} l @param {string} question @returns {string} */
function parAncienNom(l, question) {
  const q = plie(question)
  const ancien = plie(l.nom).includes(q) ? undefined : l.anciensNoms.find((nom) => plie(nom).includes(q))
  return ancien ? ` ; ${ancien} en fait partie` : ""
}

/** Branche le choix du lieu et tient à jour ce que l’on en dit.
 * @param {HTMLFormElement} formulaire @param {Outils} outils @param {string} corrigee identifiant de la fiche que l’on corrige
 * @param {() => void} change à appeler quand une réponse a été écrite ici */
export async function lieu(formulaire, outils, corrigee, change) {
  const champ = (/** @type {string} */ nom) => /** @type {HTMLInputElement} */ (formulaire.elements.namedItem(nom))
  const [chercheur, type, code, nom, page] = ["_lieu", "collectivite.type", "collectivite.code", "collectivite.nom", "contact.page"].map(champ)
  const zone = /** @type {HTMLElement} */ (document.getElementById("lieu-connu"))
  /** Ce que nous avons écrit nous-mêmes peut être remplacé ; ce que la personne a tapé, non. @type {Map<HTMLInputElement, string>} */
  const propose = new Map()
  const remplit = (/** @type {HTMLInputElement} */ c, /** @type {string} */ valeur) => {
    if (c.value && c.value !== propose.get(c)) return
    pose(c, [valeur])
    propose.set(c, valeur)
  }
  const lieux = await outils.lieux()

  /** @param {Lieu} l */
  async function prend(l) {
    for (const [c, valeur] of /** @type {[HTMLInputElement, string][]} */ ([[type, l.type], [code, l.code], [nom, l.nom]])) {
      pose(c, [valeur])
      propose.set(c, valeur)
    }
    await presente()
    change()
  }

  /** Le lieu que disent les cases, où qu’on les ait remplies. @returns {Lieu | undefined} */
  const connu = () => {
    const c = code.value.trim()
    const sortes = type.value ? [type.value] : ["commune", "epci", "departement", "region"]
    return sortes.map((sorte) => lieux.collectivite(sorte, c)).find(Boolean)
  }

  let dit = ""
  async function presente() {
    const l = connu()
    const marque = l ? `${l.type} ${l.code}` : ""
    if (marque === dit) return
    dit = marque
    if (!l) { zone.replaceChildren(); return }
    remplit(type, l.type)
    remplit(nom, l.nom)
    const mairie = l.type === "commune" ? await outils.mairie(l.code) : undefined
    if (mairie?.site && !corrigee) remplit(page, mairie.site)
    const voisines = (await cops()).filter((c) => c.niveau === l.type && c.code === l.code && c.id !== corrigee)
    if (dit !== marque) return
    zone.replaceChildren(
      element("p", {}, element("strong", {}, l.nom), `, ${detail(l, lieux)}.`, mairie?.site ? ` Site de la mairie : ${mairie.site}` : ""),
      ...(voisines.length ? [element("p", {}, "Déjà dans l’annuaire ici. Est-ce celle-ci ? ",
        ...voisines.flatMap((c, rang) => [rang ? ", " : "", element("a", { href: `${RACINE}cops/${c.id}/` }, c.nom),
          " (", element("a", { href: `?cop=${c.id}` , "aria-label": `Corriger ${c.nom}` }, "la corriger"), ")"]))] : []))
    change()
  }

  choixLieu(chercheur, prend, document.getElementById("q-lieu-etat") ?? undefined, {
    prepare: async () => {},
    cherche: async (question, nombre) => lieux.cherche(question, nombre),
    detail: (l, question) => `${l.postaux[0] ?? l.code}, ${detail(l, lieux)}${parAncienNom(l, question)}`,
    titre: "Collectivités",
    combien: (n) => n === 1 ? "1 collectivité proposée" : `${n} collectivités proposées`,
    aucun: "Aucune collectivité de Bretagne ne porte ce nom ni ce code.",
  })
  for (const c of [type, code]) c.addEventListener("input", () => { presente() })
  if (code.value) await presente()
  return { presente }
}
