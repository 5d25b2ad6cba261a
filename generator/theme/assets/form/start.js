// Une page à formulaire, « Ajouter une COP » par exemple. Ce qui lit, vérifie et écrit la fiche n’est chargé qu’au premier geste.
// @ts-check
import { dit, panne } from "../shared/waiting.js";

const formulaire = /** @type {HTMLFormElement | null} */ (document.getElementById("fiche"));

if (formulaire) {
  formulaire.hidden = false;
  // Une fiche invite à compléter une partie : elle s’ouvre.
  const partie = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (partie instanceof HTMLDetailsElement) {
    partie.open = true;
    partie.scrollIntoView();
  }
  // Une fiche à corriger, un brouillon : le formulaire se remplit sans attendre, et ce qu’on y taperait d’ici là se perdrait.
  const { forme = "", sorte = "" } = formulaire.dataset;
  const attendu = new URLSearchParams(location.search).has(sorte) || brouillon(forme);
  /** @param {boolean} oui */
  const ferme = (oui) => {
    for (const p of /** @type {NodeListOf<HTMLElement>} */ (formulaire.querySelectorAll(".partie"))) p.inert = oui;
  };
  /** @type {Promise<(bouton: HTMLButtonElement) => Promise<void>> | undefined} */
  let demarrage;
  const demarre = () => {
    if (demarrage) return demarrage;
    dit(attendu ? "Un instant : vos réponses arrivent." : "");
    demarrage = import("./setup.js").then((module) => module.depart(formulaire));
    demarrage.then(
      () => ferme(false),
      async (erreur) => {
        demarrage = undefined;
        const suite = attendu
          ? "puis rechargez la page."
          : "puis cliquez dans un champ pour réessayer. Vos réponses restent.";
        dit((await panne(erreur, "Le formulaire ne se charge pas", `Vérifiez la connexion, ${suite}`)).mots);
      },
    );
    return demarrage;
  };
  // Ce qui manque, `demarre` l’a dit.
  formulaire.addEventListener("focusin", () => {
    demarre().catch(() => {});
  });
  formulaire.addEventListener("submit", (e) => e.preventDefault());
  formulaire.addEventListener("click", (e) => {
    const bouton = /** @type {HTMLButtonElement | null} */ (
      /** @type {Element} */ (e.target).closest("button[data-action]")
    );
    if (bouton)
      demarre().then(
        (agit) => agit(bouton),
        () => {},
      );
  });
  if (attendu) {
    ferme(true);
    demarre().catch(() => {});
  }
}

/** Une fiche commencée ici attend-elle ? @param {string} forme @returns {boolean} faux aussi quand la personne a interdit le stockage */
function brouillon(forme) {
  try {
    return localStorage.getItem(`cop-brouillon:${forme === "cop" ? "" : `${forme}:`}`) !== null;
  } catch {
    return false;
  }
}
