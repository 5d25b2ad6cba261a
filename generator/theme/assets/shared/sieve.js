// Le tamis d’une longue documentation : ne reste que ce qui contient les mots tapés. Sans script, la page est entière.
// @ts-check

export {};

/** Sans accents ni majuscules. @param {string} texte */
const nu = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {HTMLFormElement} tamis */
function pose(tamis) {
  const champ = /** @type {HTMLInputElement} */ (tamis.querySelector("input"));
  const etat = /** @type {HTMLElement} */ (tamis.querySelector("[role=status]"));
  const { un = "", quoi = "" } = tamis.dataset;
  const termes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("dl.fiches > dt"))].map((dt) => {
    const dd = /** @type {HTMLElement} */ (dt.nextElementSibling);
    return { dt, dd, texte: nu(`${dt.textContent} ${dd.textContent}`) };
  });
  const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("section:has(> dl.fiches)"));

  champ.addEventListener("input", () => {
    const mots = nu(champ.value).split(/\s+/).filter(Boolean);
    let nombre = 0;
    for (const { dt, dd, texte } of termes) {
      const reste = mots.every((mot) => texte.includes(mot));
      dt.hidden = dd.hidden = !reste;
      nombre += Number(reste);
    }
    for (const section of sections) section.hidden = !section.querySelector("dt:not([hidden])");
    if (!mots.length) etat.textContent = "";
    else
      etat.textContent = nombre
        ? `${nombre} ${nombre > 1 ? quoi : un} sur ${termes.length}`
        : `Aucun ${un} ne contient ces mots.`;
  });
  tamis.addEventListener("submit", (e) => e.preventDefault());
  tamis.hidden = false;
}

for (const tamis of document.querySelectorAll("form[data-tamis]")) pose(/** @type {HTMLFormElement} */ (tamis));
