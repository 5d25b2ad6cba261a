// Le formulaire au travail : lire, vérifier, montrer, garder. Chargé au premier geste.
// @ts-check
import { cops } from "../annuaire-index.js"
import { ecrit } from "../fiche/ecrit.js"
import { dossier, identifiant } from "../fiche/nom.js"
import { prepare } from "../fiche/outils.js"
import { aplatit, imbrique, reouvre } from "../fiche/valeurs.js"
import { verifie } from "../fiche/verifie.js"
import * as apercu from "./apercu.js"
import * as brouillon from "./brouillon.js"
import { appelle, compte, controles, paires, pose } from "./controles.js"
import * as correction from "./correction.js"
import * as envoi from "./envoi.js"
import { lieu } from "./lieu.js"
import { ajoute, geste, remplit } from "./listes.js"
import { montre, resume } from "./problemes.js"

/** @typedef {import("./problemes.js").Probleme} Probleme */

/** Une empreinte courte : le brouillon dit s’il part bien de la fiche publiée. @param {unknown} valeur @returns {string} */
function empreinte(valeur) {
  let h = 0
  for (const signe of JSON.stringify(valeur)) h = (Math.imul(h, 31) + signe.charCodeAt(0)) | 0
  return String(h)
}

/** Met le formulaire en route. @param {HTMLFormElement} formulaire
 * @returns {Promise<(bouton: HTMLButtonElement) => void>} ce que fait un bouton */
export async function depart(formulaire) {
  const outils = await prepare()
  const demandee = new URLSearchParams(location.search).get("cop") ?? ""
  const dit = (/** @type {string} */ mots) => { /** @type {HTMLElement} */ (document.getElementById("formulaire-etat")).textContent = mots }
  const fiche = await correction.publiee(demandee).catch(() => {
    dit(`La fiche «\u00a0${demandee}\u00a0» ne se charge pas\u00a0: vérifiez l’adresse ou la connexion. Vous pouvez décrire une nouvelle COP ci-dessous.`)
    return null
  })
  const base = fiche?.donnees ?? {}
  const cle = fiche?.id ?? ""
  /** Les questions quittées : on ne reproche rien avant. @type {Set<string>} */
  const vues = new Set()
  let tout = false
  /** @type {Record<string, any>} */
  let donnees = {}
  /** @type {Probleme[]} */
  let problemes = []

  /** Les réponses, telles que la fiche les gardera. */
  const lit = () => {
    const montres = controles(formulaire).map((c) => c.name)
    const lues = imbrique(paires(formulaire), outils.schema, { base, montres })
    return reouvre(lues, base, outils.aujourdhui)
  }

  /** Le nom et le texte du fichier. */
  async function fichier() {
    const texte = Object.keys(donnees).length ? ecrit(donnees, outils.schema) : ""
    if (fiche) return { chemin: fiche.chemin, texte }
    const place = donnees.collectivite
    if (!(place?.code && donnees.nom)) return { chemin: "", texte }
    const lieux = await outils.lieux()
    const pris = [...(await cops()).map((c) => c.id), ...Object.keys(outils.anciensIds)]
    return { chemin: `cops/${dossier(place, donnees.perimetre, lieux) ?? "…"}/${identifiant(place, donnees.nom, lieux, pris)}.yml`, texte }
  }

  /** @param {Probleme} p */
  const visible = (p) => {
    if (tout || vues.has(p.ou)) return true
    const attente = p.code === "cle-manquante" || p.code === "contact-sans-moyen"
    return !attente && [...vues].some((nom) => p.ou.startsWith(`${nom}.`) || nom.startsWith(`${p.ou}.`))
  }

  let tour = 0
  async function rafraichit() {
    const mien = ++tour
    appelle(formulaire)
    donnees = lit()
    brouillonGarde()
    const trouves = await verifie(donnees, outils, cle)
    const ecritLe = await fichier()
    if (mien !== tour) return
    problemes = trouves
    montre(formulaire, problemes, visible)
    apercu.montre(formulaire, donnees, ecritLe)
    compte(formulaire)
    if (fiche) correction.montre(changements())
    if (tout) resume(formulaire, problemes.filter((p) => p.gravite === "erreur"), false)
  }

  function brouillonGarde() {
    if (!touche) return
    const garde = brouillon.garde(cle, paires(formulaire), empreinte(base))
    if (!garde) dit("Ce navigateur ne garde pas de brouillon : terminez sans recharger la page.")
  }
  let touche = false

  const changements = () => correction.changements(formulaire, outils.schema, base, donnees)

  /** Tout est prêt pour partir ? Sinon, dit ce qui manque. @param {boolean} accord faut-il l’accord de publication */
  async function pret(accord) {
    tout = true
    await rafraichit()
    const erreurs = problemes.filter((p) => p.gravite === "erreur")
    const case_ = /** @type {HTMLInputElement | null} */ (document.getElementById("q-accord"))
    if (accord && case_ && !case_.checked) {
      erreurs.push({ ou: "_accord", code: "accord", gravite: "erreur", quoi: "Cochez la case pour accepter la publication.", pourquoi: "", remede: "", valeurs: {} })
    }
    resume(formulaire, erreurs, true)
    return erreurs.length === 0
  }

  /** @type {Record<string, (bouton: HTMLButtonElement) => unknown>} */
  const gestes = {
    ajouter(bouton) {
      const liste = /** @type {HTMLElement} */ (bouton.closest("[data-liste]"))
      const champ = /** @type {HTMLElement | null} */ (ajoute(liste).querySelector("input:not([type=hidden]), select, textarea"))
      champ?.focus()
    },
    monter: deplace, descendre: deplace, retirer: deplace,
    corriger(bouton) {
      const c = controles(formulaire).find((autre) => autre.name === bouton.dataset.ou)
      if (c) { pose(c, [bouton.dataset.juste ?? ""]); c.focus() }
    },
    exact() {
      pose(/** @type {HTMLInputElement} */ (formulaire.elements.namedItem("verifiee_le")), [outils.aujourdhui])
      dit("Noté : la fiche sera vérifiée à la date d’aujourd’hui. Il reste à l’envoyer, en bas de la page.")
    },
    async forge() { if (await pret(true)) await envoi.forge(formulaire, { ...(await fichier()), correction: fiche !== null }) },
    async courriel() {
      if (!(await pret(true))) return
      const sujet = `${fiche ? "Corriger" : "Ajouter"} une COP : ${donnees.nom}`
      const mots = fiche ? "Voici une correction pour l’annuaire des COP." : "Voici la fiche d’une COP pour l’annuaire."
      envoi.courriel(formulaire, { ...(await fichier()), sujet, resume: mots })
    },
    async demande() {
      if (!(await pret(true))) return
      const mots = changements().map(([nom, avant, apres]) => `${nom} : ${avant ? `« ${avant} »` : "non renseigné"} devient ${apres ? `« ${apres} »` : "vide"}`)
      await envoi.demande(formulaire, { ...(await fichier()), fiche: cle, titre: `Corriger : ${donnees.nom}`, changement: mots.join("\n") })
    },
    async telecharger() { if (await pret(false)) envoi.fichier(formulaire, await fichier()) },
    effacer() {
      if (!confirm(fiche ? "Reprendre la fiche telle qu’elle est publiée ?" : "Effacer toutes vos réponses ?")) return
      brouillon.efface(cle)
      touche = false
      tout = false
      vues.clear()
      commence()
      dit("Le brouillon est effacé.")
    },
  }

  /** @param {HTMLButtonElement} bouton */
  function deplace(bouton) {
    const ligne = /** @type {HTMLElement} */ (bouton.closest(".ligne"))
    const { mots, repere } = geste(/** @type {HTMLElement} */ (bouton.closest("[data-liste]")), ligne, bouton.dataset.action ?? "")
    dit(mots)
    repere.focus()
  }

  /** Le formulaire tel qu’il commence : vide, ou rempli de la fiche publiée. */
  function commence() {
    remplit(formulaire, aplatit(base))
    if (!fiche) pose(/** @type {HTMLInputElement} */ (formulaire.elements.namedItem("inscrite_le")), [outils.aujourdhui])
  }

  // Ce que la personne a tapé pendant le chargement vaut un brouillon.
  const tape = fiche ? [] : paires(formulaire).filter(([, valeur]) => valeur)
  const garde = brouillon.reprend(cle)
  if (garde) {
    remplit(formulaire, garde.couples)
    touche = true
    const quand = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" }).format(new Date(garde.quand))
    dit(garde.base === empreinte(base) ? `Votre brouillon du ${quand} est repris.`
      : `Votre brouillon du ${quand} est repris, mais la fiche publiée a changé depuis : relisez les changements avant d’envoyer.`)
  } else if (!tape.length || fiche) {
    commence()
  } else {
    touche = true
    pose(/** @type {HTMLInputElement} */ (formulaire.elements.namedItem("inscrite_le")), [outils.aujourdhui])
  }
  if (fiche) correction.presente(formulaire, fiche)
  await lieu(formulaire, outils, cle, () => { touche = true; rafraichit() })

  formulaire.addEventListener("input", () => { touche = true; rafraichit() })
  formulaire.addEventListener("change", (e) => { vues.add(/** @type {HTMLInputElement} */ (e.target).name); rafraichit() })
  formulaire.addEventListener("focusout", (e) => {
    const quittee = /** @type {HTMLElement} */ (e.target).closest(".question")
    const groupe = quittee?.parentElement?.closest(".question")
    const vers = /** @type {Node | null} */ (e.relatedTarget)
    for (const q of [quittee, groupe]) {
      const nom = /** @type {HTMLElement | null | undefined} */ (q)?.dataset.champ
      if (q && nom && !q.contains(vers) && touche) vues.add(nom)
    }
    montre(formulaire, problemes, visible)
  })
  await rafraichit()
  return async (bouton) => {
    const action = bouton.dataset.action ?? ""
    await gestes[action]?.(bouton)
    if (!["forge", "courriel", "telecharger", "demande"].includes(action)) {
      if (action !== "effacer") touche = true
      await rafraichit()
    }
  }
}
