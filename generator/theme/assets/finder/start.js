// Au premier geste seulement, charge « Ma commune », les facettes de l’annuaire et les mots des cartes : qui ne cherche pas n’en paie rien.
// @ts-check

const demandes = new URLSearchParams(location.search);
const $ = (/** @type {string} */ id) => document.getElementById(id);

const maCommune = () => import("./my_commune.js");
const annuaire = () => import("./facets.js");

/** Dit dans la page ce qui n’est pas venu. Sans réseau, les mots de la panne ne viendraient pas non plus.
 * @param {HTMLElement | null} etat @param {string} quoi @returns {(erreur: unknown) => Promise<void>} */
const dis = (etat, quoi) => async (erreur) => {
  const panne = await import("../shared/failures.js").catch(() => undefined);
  const mots = panne?.raconte(erreur, quoi, "Vérifiez la connexion.") ?? `${quoi}. Vérifiez la connexion.`;
  if (etat) etat.textContent = mots;
};
const sansCommunes = dis($("commune-etat"), "La liste des communes ne se charge pas");
const sansAnnuaire = dis($("annuaire-compte"), "L’annuaire ne se charge pas");

/** @param {HTMLElement | null} element @param {string[]} gestes @param {() => Promise<unknown>} charge
 * @param {(erreur: unknown) => Promise<void>} [faute] */
function auPremier(element, gestes, charge, faute = dis(null, "")) {
  for (const geste of gestes)
    element?.addEventListener(
      geste,
      () => {
        charge().catch(faute);
      },
      { once: true },
    );
}

auPremier($("commune"), ["focus", "input"], maCommune, sansCommunes);
auPremier($("annuaire"), ["change", "input"], annuaire, sansAnnuaire);
for (const carte of document.querySelectorAll("[data-carte]")) {
  auPremier(/** @type {HTMLElement} */ (carte), ["pointerover", "focusin", "touchstart"], () => import("./map.js"));
}
if ($("ma-commune") && demandes.get("commune")) maCommune().catch(sansCommunes);
const facettes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-facette]"))];
if (
  $("annuaire") &&
  [...facettes.map((f) => f.dataset.facette ?? ""), "q", "tri", "n"].some((nom) => demandes.has(nom))
)
  annuaire().catch(sansAnnuaire);

const formulaire = $("ma-commune");
formulaire?.addEventListener("submit", (e) => {
  e.preventDefault();
  maCommune()
    .then(({ soumets }) => soumets())
    .catch(sansCommunes);
});
const situer = $("me-situer");
if (situer && "geolocation" in navigator) {
  situer.hidden = false;
  // La position ne sort pas du navigateur : elle ne sert qu’à choisir la commune la plus proche.
  situer.addEventListener("click", () =>
    maCommune()
      .then(({ situe }) => situe())
      .catch(sansCommunes),
  );
}

const suite = $("annuaire-suite");
if (suite) {
  suite.hidden = Number($("annuaire")?.dataset.total) <= 20;
  suite.addEventListener("click", () =>
    annuaire()
      .then(({ suivantes }) => suivantes())
      .catch(sansAnnuaire),
  );
}
// Les facettes s’ouvrent d’elles-mêmes là où il y a la place.
for (const [i, bloc] of [...document.querySelectorAll("#facettes details")].entries()) {
  /** @type {HTMLDetailsElement} */ (bloc).open = i < 3 && innerWidth > 830;
}
