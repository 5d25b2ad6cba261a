// « Demander une COP » : ce qui remplit la lettre, et la liste des communes, ne viennent qu’au premier geste.
// @ts-check
import { offrePanne, patiente } from "../shared/waiting.js";

const formulaire = document.getElementById("lettre-qui");
const etat = /** @type {HTMLElement} */ (document.getElementById("lettre-etat"));

async function demarre() {
  try {
    await patiente(import("./letter.js"), () => {
      etat.textContent = "La lettre arrive…";
    });
    if (etat.textContent === "La lettre arrive…") etat.textContent = "";
  } catch (erreur) {
    await offrePanne(etat, demarre, erreur, "La lettre ne se charge pas");
  }
}

if (formulaire) {
  formulaire.hidden = false;
  if (new URLSearchParams(location.search).has("commune")) demarre();
  else formulaire.addEventListener("focusin", demarre, { once: true });
}
