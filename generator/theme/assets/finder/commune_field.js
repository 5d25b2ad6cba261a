// Le champ qui demande une commune ou un territoire : il propose, et dit à qui l’emploie ce qui est choisi.
// @ts-check
import { choixLieu } from "./combobox.js";
import { describe, findAddressed, look, nameOf } from "./lookup.js";
import { raconte } from "../shared/failures.js";
import { loadPlaces } from "../shared/place_index.js";
import { ATTENTE, offreEncore, patiente } from "../shared/waiting.js";

/** @typedef {import("../shared/place_index.js").Place} Place */
/** @typedef {import("../shared/place_index.js").Places} Places */

/** @param {HTMLInputElement} field @param {(place: Place) => void} choose @param {HTMLElement} state
 * @param {string} [type] la seule sorte de lieu à proposer */
export function openField(field, choose, state, type = "") {
  /** @type {Places} */
  let places;
  const load = async () => {
    places = await loadPlaces();
  };
  const box = choixLieu(field, choose, state, {
    prepare: load,
    demande: async (question) => {
      await load();
      const { offered, words } = look(places, question, type);
      return { lieux: offered, mots: words };
    },
    nomme: (place) => nameOf(places, place),
    detail: (place, question) => describe(places, place, question),
    titre: type ? "Communes" : "Communes et territoires",
  });

  /** Fait ce qui demande les lieux ; dit que cela dure, ou manque, et le refait sur demande.
   * @param {(places: Places) => void} act */
  async function withPlaces(act) {
    try {
      await patiente(load(), () => box.dit(ATTENTE));
    } catch (error) {
      const words = raconte(error, "La liste des communes ne se charge pas", "Vérifiez la connexion.");
      return offreEncore(state, words, () => withPlaces(act));
    }
    act(places);
  }

  /** Le repère du clavier va au champ, et la liste s’ouvre. @param {import("./lookup.js").Answer} answer */
  function show({ offered, words }) {
    field.focus();
    box.ouvre(offered, words);
  }

  return {
    ...box,
    withPlaces,
    /** Prend le lieu certain, sinon propose. @param {() => void} [unsure] rien n’est certain */
    answer: (unsure) =>
      withPlaces(() => {
        const answer = look(places, field.value, type);
        if (answer.place) return box.prend(answer.place);
        unsure?.();
        show(answer);
      }),
    /** Un code INSEE, que dit l’adresse, est celui d’une commune ; le reste se propose, et rien n’est choisi.
     * @param {string} asked @param {(place: Place) => void} lead */
    readAddress(asked, lead) {
      field.value = asked;
      return withPlaces(() => {
        const place = findAddressed(places, asked);
        if (place) lead(place);
        else show(look(places, asked, type));
      });
    },
  };
}
