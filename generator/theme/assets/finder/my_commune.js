// « Ma commune » : mène à la page d’un lieu quand il est certain, sinon propose sans rien choisir.
// @ts-check
import { ecris, parametres } from "./address_bar.js";
import { openField } from "./commune_field.js";
import { findAround, locate } from "./position.js";
import { RACINE } from "../shared/data.js";

const field = /** @type {HTMLInputElement} */ (document.getElementById("commune"));
const state = /** @type {HTMLElement} */ (document.getElementById("commune-etat"));

const pageOf = (/** @type {import("../shared/place_index.js").Place} */ place) => RACINE + place.chemin;
const box = openField(field, (place) => location.assign(pageOf(place)), state);

/** Répond à ce qui est tapé ; l’adresse le garde quand il faut choisir. */
export const submit = () => box.answer(() => ecris({ commune: field.value.trim() }, false));

/** Propose les communes autour du visiteur ; sa position ne quitte pas le navigateur. */
export async function situate() {
  box.dit("Votre navigateur cherche votre position…");
  const { position, refusal } = await locate();
  if (!position) return box.dit(refusal);
  await box.withPlaces((places) => {
    const around = findAround(places, position);
    const words = around.size
      ? "Voici les communes les plus proches de vous\u00a0: choisissez la vôtre."
      : "Vous êtes hors du territoire de l’annuaire\u00a0: écrivez le nom d’une commune, ou son code postal.";
    field.value = "";
    field.focus();
    box.ouvre([...around.keys()], words, (place) => around.get(place) ?? "");
  });
}

function readAddress() {
  const asked = parametres().get("commune") ?? "";
  if (asked) return box.readAddress(asked, (place) => location.replace(pageOf(place)));
  field.value = "";
  box.ferme();
  box.dit("");
}

addEventListener("popstate", readAddress);
if (parametres().get("commune")) readAddress();
