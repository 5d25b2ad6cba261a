// Le brouillon : les réponses restent dans ce navigateur jusqu’à l’envoi, et rien n’en sort.
// @ts-check

/** @typedef {{quand: string, base: string, couples: [string, string][]}} Brouillon base : empreinte de la fiche publiée */

/** @param {string} cop identifiant de la fiche corrigée, vide pour une nouvelle */
const cle = (cop) => `cop-brouillon:${cop}`

/** @param {string} cop @returns {Brouillon | null} null aussi quand le navigateur n’en garde pas, ou qu’il est abîmé */
export function reprend(cop) {
  try {
    const lu = JSON.parse(localStorage.getItem(cle(cop)) ?? "null")
    const couples = Array.isArray(lu?.couples) && lu.couples.every((/** @type {unknown} */ c) =>
      Array.isArray(c) && c.length === 2 && c.every((mot) => typeof mot === "string"))
    return couples ? lu : null
  } catch {
    return null
  }
}

/** @param {string} cop @param {[string, string][]} couples @param {string} base @returns {boolean} faux si le navigateur refuse */
export function garde(cop, couples, base) {
  try {
    localStorage.setItem(cle(cop), JSON.stringify({ quand: new Date().toISOString(), base, couples }))
    return true
  } catch {
    return false
  }
}

/** @param {string} cop */
export function efface(cop) {
  try {
    localStorage.removeItem(cle(cop))
  } catch { /* rien n’était gardé */ }
}
