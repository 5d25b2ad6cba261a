// Où est le visiteur, s’il veut le dire. Sa position ne sert qu’ici, et ne quitte pas le navigateur.
// @ts-check
import { distance, enKm } from "../shared/data.js";

/** @typedef {import("../shared/place_index.js").Place} Place */

const PATIENCE = 10_000; // millisecondes, que la personne réponde ou non
const NEAREST = 5;
const FAR = 12; // kilomètres : aucun lieu de l’annuaire n’est aussi loin du centre de toutes les communes

const INSTEAD = "écrivez le nom de votre commune, ou son code postal.";

/** @returns {Promise<{position: number[] | null, refusal: string}>} la longitude et la latitude, en millièmes de degré */
export function locate() {
  return new Promise((settle) => {
    const refuse = (/** @type {string} */ words) => settle({ position: null, refusal: `${words}\u00a0: ${INSTEAD}` });
    // La patience du navigateur ne compte pas le temps que la personne met à répondre.
    setTimeout(() => refuse("Votre position n’est pas venue"), PATIENCE);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => settle({ position: [coords.longitude * 1000, coords.latitude * 1000], refusal: "" }),
      ({ code }) => refuse(code === 1 ? "Votre position n’est pas permise" : "Votre position n’est pas connue"),
      { timeout: PATIENCE, maximumAge: 60_000 },
    );
  });
}

/** Les communes les plus proches, chacune avec sa distance ; aucune quand elles sont trop loin.
 * @param {import("../shared/place_index.js").Places} places @param {number[]} position @returns {Map<Place, string>} */
export function findAround(places, position) {
  const around = places.all
    .filter(({ type, chemin }) => type === "commune" && chemin)
    .map((place) => ({ place, km: distance(position, place.place) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, NEAREST);
  return new Map(around[0]?.km < FAR ? around.map(({ place, km }) => [place, enKm(km)]) : []);
}
