// Ce que proposent les champs où l’on cite un territoire ou une COP : personne ne sait par cœur un code ni un identifiant.
// @ts-check
import { cops } from "../finder/annuaire.js";
import { element } from "../shared/data.js";
import { aDefaut } from "../shared/failures.js";

/** @param {import("../entries/territories.js").Lieux} lieux */
export async function propose(lieux) {
  const territoires = [...lieux.tous("epci"), ...lieux.tous("commune")];
  remplit(
    "territoires-connus",
    territoires.map((l) => [l.code, l.nom]),
  );
  if (!document.querySelector("[list=cops-connues], template")) return;
  const connues = await cops().catch(aDefaut(/** @type {import("../finder/annuaire.js").Cop[]} */ ([])));
  remplit(
    "cops-connues",
    connues.map((c) => [c.id, `${c.nom}, ${c.collectivite}`]),
  );
}

/** @param {string} id @param {[string, string][]} lignes ce qui s’écrit, ce qui se lit */
function remplit(id, lignes) {
  document
    .getElementById(id)
    ?.replaceChildren(...lignes.map(([valeur, mots]) => element("option", { value: valeur }, mots)));
}
