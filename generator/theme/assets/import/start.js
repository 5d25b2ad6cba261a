// La page « Importer un tableau » : ce qui lit un tableau n’est chargé qu’au premier geste.
// @ts-check
import { panne } from "../shared/waiting.js";

const page = document.getElementById("coller");

if (page) {
  /** @type {HTMLElement} */ (document.getElementById("ici")).hidden = false;
  const collees = /** @type {HTMLTextAreaElement} */ (document.getElementById("q-coller"));
  const choisi = /** @type {HTMLInputElement} */ (document.getElementById("q-fichier"));
  /** @type {Promise<(source: string | File) => Promise<void>> | undefined} */
  let demarrage;
  /** @param {string | File} source */
  async function lis(source) {
    demarrage ??= import("./setup.js").then((module) => module.depart(page));
    try {
      await (
        await demarrage
      )(source);
    } catch (erreur) {
      demarrage = undefined;
      const reseau = "Vérifiez la connexion, puis collez de nouveau.";
      const { mots } = await panne(erreur, "Cette page ne se charge pas", reseau);
      const etat = document.getElementById("coller-etat");
      if (etat) etat.textContent = mots;
    }
  }
  document.getElementById("coller-saisie")?.addEventListener("submit", (e) => {
    e.preventDefault();
    if (collees.value.trim()) lis(collees.value).then(() => document.getElementById("coller-titre")?.focus());
    else collees.focus();
  });
  collees.addEventListener("paste", () => setTimeout(() => lis(collees.value)));
  choisi.addEventListener("change", () => {
    const [fichier] = choisi.files ?? [];
    if (fichier) lis(fichier);
  });
  page.addEventListener("dragover", (e) => e.preventDefault());
  page.addEventListener("drop", (e) => {
    const [fichier] = e.dataTransfer?.files ?? [];
    if (!fichier) return; // du texte déposé : le champ le prend lui-même
    e.preventDefault();
    lis(fichier);
  });
}
