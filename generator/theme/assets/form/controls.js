// Lire et remplir les champs : leur nom est le chemin de la clé dans la fiche.
// @ts-check
import { element } from "../shared/data.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Controle */

/** Les champs qui portent un nom et répondent. @param {HTMLElement} zone @returns {Controle[]} */
export const controles = (zone) =>
  /** @type {Controle[]} */ ([...zone.querySelectorAll("input[name], select[name], textarea[name]")]).filter(
    (c) => !c.disabled,
  );

/** Les réponses dans l’ordre de la page, comme un formulaire les enverrait.
 * @param {HTMLElement} zone @returns {[string, string][]} */
export const paires = (zone) =>
  controles(zone)
    .filter((c) => !(c instanceof HTMLInputElement && c.type === "checkbox" && !c.checked))
    .map((c) => [c.name, c.value]);

/** Les noms de ce qui est demandé ; celui d’une liste aussi, dont la dernière ligne est peut-être retirée.
 * @param {HTMLElement} zone @returns {string[]} */
export const montres = (zone) => [
  ...[.../** @type {NodeListOf<HTMLElement>} */ (zone.querySelectorAll("[data-liste]"))].map(
    (l) => l.dataset.liste ?? "",
  ),
  ...controles(zone).map((c) => c.name),
];

/** Écrit une valeur ; une case se coche si sa valeur est parmi celles données.
 * @param {Controle} c @param {string[]} valeurs */
export function pose(c, valeurs) {
  if (c instanceof HTMLInputElement && c.type === "checkbox") {
    c.checked = valeurs.includes(c.value);
    return;
  }
  const valeur = valeurs[0] ?? "";
  // Une valeur que la liste ne connaît pas ne se perd pas : elle s’y ajoute, et la vérification dira quoi en faire.
  if (c instanceof HTMLSelectElement && ![...c.options].some((o) => o.value === valeur))
    c.add(new Option(valeur, valeur));
  if (c instanceof HTMLInputElement && c.type === "date" && !/^(\d{4}-\d{2}-\d{2})?$/.test(valeur)) c.type = "text";
  c.value = valeur;
}

/** La question d’un chemin, ou la plus proche au-dessus. @param {HTMLElement} zone @param {string} ou
 * @returns {HTMLElement | null} */
export function question(zone, ou) {
  for (let chemin = ou; chemin; chemin = chemin.slice(0, Math.max(0, chemin.lastIndexOf(".")))) {
    const trouvee = zone.querySelector(`[data-champ="${CSS.escape(chemin)}"]`);
    if (trouvee) return /** @type {HTMLElement} */ (trouvee);
  }
  return null;
}

/** Ce qui, dans une question, prend le repère du clavier. @param {HTMLElement} q @returns {HTMLElement} */
export const repere = (q) =>
  q.matches("fieldset")
    ? q
    : /** @type {HTMLElement} */ (q.querySelector("input:not([type=hidden]), select, textarea") ?? q);

/** Va à une question, plis ouverts. @param {HTMLElement} q */
export function va(q) {
  for (let pli = q.closest("details"); pli; pli = pli.parentElement?.closest("details") ?? null) pli.open = true;
  for (const cachee of [q, q.parentElement?.closest(".question")]) cachee?.removeAttribute("hidden");
  repere(q).focus();
  q.scrollIntoView({ block: "center" });
}

/** Montre ou cache les questions qu’une autre réponse appelle (data-avec="statut=terminee") ; une réponse donnée reste
 * visible. @param {HTMLElement} zone */
export function appelle(zone) {
  for (const q of /** @type {NodeListOf<HTMLElement>} */ (zone.querySelectorAll("[data-avec]"))) {
    const [nom, valeur] = (q.dataset.avec ?? "").split("=");
    const autre = /** @type {Controle | null} */ (zone.querySelector(`[name="${nom}"]`));
    q.hidden = autre?.value !== valeur && !controles(q).some((c) => c.value);
  }
}

/** Écrit sous chaque champ ce que `mots` en dit, ou l’enlève. @param {HTMLElement} zone @param {(c: Controle) => string} mots */
export function annote(zone, mots) {
  for (const c of controles(zone)) {
    if (c.type === "checkbox" || c.type === "hidden") continue;
    const texte = mots(c);
    let note = c.parentElement?.querySelector(":scope > .question__note");
    if (!note && texte) {
      note = element("p", { class: "question__note", id: `${c.id}-note` });
      c.after(note);
      c.setAttribute("aria-describedby", `${c.getAttribute("aria-describedby")} ${note.id}`);
    }
    if (note && note.textContent !== texte) note.textContent = texte;
  }
}

/** Rien ne bouge sous la souris : un message qui paraîtrait entre l’appui et le relâchement ferait manquer ce que l’on vise.
 * @param {HTMLElement} zone @returns {() => Promise<void>} à attendre avant de changer la page */
export function souris(zone) {
  let relachee = Promise.resolve();
  zone.addEventListener(
    "pointerdown",
    () => {
      relachee = new Promise((fini) => {
        // Le clic se décide juste après le relâchement.
        for (const nom of ["pointerup", "pointercancel"])
          addEventListener(nom, () => setTimeout(fini), { once: true, capture: true });
      });
    },
    true,
  );
  return () => relachee;
}
