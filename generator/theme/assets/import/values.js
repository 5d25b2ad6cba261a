// Ce que disent des cellules : plusieurs valeurs, un libellé pour un choix, un lieu par son nom ou son code.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { constat, enumere } from "../entries/problem.js";
import { noeud } from "../entries/schema.js";

/** @typedef {import("../entries/tools.js").Outils} Outils */
/** @typedef {import("../entries/territories.js").Lieux} Lieux */

/** Les valeurs d’une réponse : plusieurs où le schéma veut une liste de choix, de codes ou d’identifiants ; un libellé y est son
 * choix. @param {string} cle @param {string} texte @param {import("../entries/schema.js").Noeud} schema @returns {string[]} */
export function valeurs(cle, texte, schema) {
  const ici = noeud(schema, cle);
  const un = ici?.items ?? ici;
  const morceaux = ici?.items
    ? texte
        .split(/[|;,\n]/)
        .map((mot) => mot.trim())
        .filter(Boolean)
    : [texte];
  if (!un?.enum) return morceaux;
  return morceaux.map((mot) => {
    const plie = sansAccents(mot);
    const rang = un.enum.findIndex((/** @type {string} */ choix, /** @type {number} */ i) =>
      [choix, un.enumDescriptions?.[i] ?? choix].some((nom) => sansAccents(nom) === plie),
    );
    return rang < 0 ? mot : un.enum[rang];
  });
}

/** La collectivité que les cellules désignent ensemble : comme `_complete_place` de generator/edits/importing/rows.py.
 * @param {Map<string, string>} reponses @param {Lieux} lieux @param {Outils} outils
 * @returns {{reponses: Record<string, string>, remplace?: Record<string, string>, faute?: import("../entries/problem.js").Constat}} */
export function completeLeLieu(reponses, lieux, outils) {
  const [ecrit, code, nom] = ["type", "code", "nom"].map((cle) => reponses.get(`collectivite.${cle}`) ?? "");
  const [type = ""] = ecrit ? valeurs("collectivite.type", ecrit, outils.schema) : [];
  if (type === "syndicat-mixte" || !(code || nom)) return { reponses: {} };
  const lu = lieux.lit(nom, { code, type });
  if (lu.answer === "un") {
    const { place } = lu;
    const lieu = { "collectivite.type": place.type, "collectivite.code": place.code, "collectivite.nom": place.nom };
    return { reponses: {}, remplace: lieu };
  }
  if (code) {
    const connu = lieux.deCode(code, outils.regles.kinds["code-territoire"]);
    const sorte = type || connu?.type || (code.length === 5 ? "commune" : "");
    if (sorte) return { reponses: type ? {} : { "collectivite.type": sorte } };
    const faute =
      lu.answer === "plusieurs"
        ? constat(["collectivite", "code"], "code-a-deux-lectures", {
            code,
            lectures: lieux.enClair(/** @type {any} */ (lu.found)),
          })
        : constat(["collectivite", "code"], "code-inconnu", { code });
    return { reponses: {}, faute };
  }
  if (lu.answer === "plusieurs") {
    const communes = enumere(
      lu.found.map(
        ({ place }) =>
          `${place.code} (${place.type === "commune" ? lieux.nomDuDepartement(place.departements[0]) : place.nom})`,
      ),
      "ou",
    );
    return { reponses: {}, faute: constat(["collectivite", "code"], "lieu-a-choisir", { nom, communes }) };
  }
  const proches = enumere(
    lu.nearest.map(({ nom: sien, code: celui }) => `${sien} (${celui})`),
    "ou",
  );
  const faute = proches ? "lieu-inconnu-proche" : "lieu-inconnu";
  return { reponses: {}, faute: constat(["collectivite", "nom"], faute, proches ? { nom, proches } : { nom }) };
}
