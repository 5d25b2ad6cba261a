// Les listes de dates. Ce qui s’est terminé depuis la construction de la page s’en va (data-fin, jour compris) ; le reste
// se filtre par des questions (data-filtre), dont les réponses restent dans la barre d’adresse : un lien les transmet.
// Sans script, la liste est entière, le formulaire caché, et la page dit de quel jour elle est.
// @ts-check

/** Aujourd’hui à Paris, AAAA-MM-JJ : la Suède écrit ses dates ainsi. */
const aujourdhui = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });

for (const ligne of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("li[data-fin]"))) {
  if ((ligne.dataset.fin ?? "") >= aujourdhui) continue;
  const liste = ligne.parentElement;
  ligne.remove();
  if (!liste || liste.querySelector("li")) continue;
  const mois = liste.closest("#dates > section");
  if (mois?.nextElementSibling) {
    mois.remove();
    continue;
  }
  const vide = document.createElement("p");
  vide.className = "inconnu";
  vide.textContent = "Tout ce qui était annoncé ici est passé.";
  liste.replaceWith(vide);
}

// « Prochaine rencontre » : celle qui est passée ne l’est plus.
for (const mot of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fin]:not(li)"))) {
  if ((mot.dataset.fin ?? "") >= aujourdhui) continue;
  mot.textContent = document.querySelector("li[data-fin]") ? "voir les dates plus bas" : "aucune annoncée";
  mot.classList.add("inconnu");
}

/** @param {HTMLElement} ligne @param {FormData} demande @returns {boolean} */
const convient = (ligne, demande) =>
  [...demande].every(([cle, voulu]) => {
    const valeurs = (ligne.dataset[cle] ?? "").split(" ");
    return voulu === "" || valeurs.includes("*") || valeurs.includes(String(voulu));
  });

/** @param {HTMLFormElement} formulaire @param {HTMLElement} zone */
function pose(formulaire, zone) {
  const choix = [...formulaire.querySelectorAll("select")];
  const etat = /** @type {HTMLElement} */ (formulaire.querySelector("[role=status]"));
  const { un = "", quoi = "", parmi = "" } = formulaire.dataset;
  const suite = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-suite] a"));

  /** Montre ce qui convient et le compte en mots. @param {boolean} parle */
  function montre(parle) {
    const demande = new FormData(formulaire);
    const lignes = /** @type {HTMLElement[]} */ ([...zone.querySelectorAll("li[data-sorte]")]);
    for (const ligne of lignes) ligne.hidden = !convient(ligne, demande);
    for (const mois of zone.querySelectorAll("section")) {
      const siennes = [...mois.querySelectorAll("li[data-sorte]")];
      mois.hidden = siennes.length > 0 && siennes.every((ligne) => /** @type {HTMLElement} */ (ligne).hidden);
    }
    const montrees = lignes.filter((ligne) => !ligne.hidden).length;
    const filtre = choix.some((champ) => champ.value !== "");
    if (montrees === 0) etat.textContent = `Aucune date ne convient. Élargissez un des choix.`;
    else
      etat.textContent =
        filtre || parle ? `${montrees} ${montrees > 1 ? quoi : un} ${parmi || `sur ${lignes.length}`}` : "";
    // Les pages des mois posent les mêmes questions : elles gardent les réponses.
    const reponses = new URLSearchParams(choix.filter((c) => c.value).map((c) => [c.name, c.value])).toString();
    for (const lien of suite) lien.search = reponses;
  }

  /** Écrit les réponses dans la barre d’adresse, sans recharger. */
  function retient() {
    const adresse = new URL(location.href);
    for (const { name, value } of choix) {
      if (value) adresse.searchParams.set(name, value);
      else adresse.searchParams.delete(name);
    }
    history.replaceState(null, "", adresse);
  }

  for (const [cle, valeur] of new URLSearchParams(location.search)) {
    const champ = choix.find((candidat) => candidat.name === cle);
    if (champ && [...champ.options].some((option) => option.value === valeur)) champ.value = valeur;
  }
  formulaire.addEventListener("change", () => {
    montre(true);
    retient();
  });
  formulaire.addEventListener("submit", (e) => e.preventDefault());
  // Les champs ne reprennent leur valeur qu’après l’événement.
  formulaire.addEventListener("reset", () =>
    setTimeout(() => {
      montre(true);
      retient();
    }),
  );
  formulaire.hidden = zone.querySelector("li[data-sorte]") === null;
  montre(false);
}

for (const formulaire of document.querySelectorAll("form[data-filtre]")) {
  const zone = document.getElementById(/** @type {HTMLElement} */ (formulaire).dataset.filtre ?? "");
  if (zone) pose(/** @type {HTMLFormElement} */ (formulaire), zone);
}

// « Ajouter à mon calendrier » mène au calendrier de la page, à l’événement que nomme l’ancre : on n’enregistre que lui.
// Sans script, ou sans réseau, on a le calendrier entier de la page.

/** Un calendrier réduit à un événement, sans nom ni abonnement. @param {string} texte @param {string} id @returns {string} */
function seul(texte, id) {
  const [debut, ...evenements] = texte.split(/(?=BEGIN:VEVENT)/);
  const voulu = evenements.find((un) => un.includes(`UID:urn:uuid:${id}\r\n`));
  if (!voulu) throw new Error(id);
  const entete = debut.slice(0, debut.indexOf("NAME:")) + debut.slice(debut.indexOf("BEGIN:VTIMEZONE"));
  return `${entete}${voulu.replace("END:VCALENDAR\r\n", "")}END:VCALENDAR\r\n`;
}

document.addEventListener("click", async (e) => {
  const lien = e.target instanceof Element ? e.target.closest("a[href*='.ics#']") : null;
  if (!(lien instanceof HTMLAnchorElement)) return;
  e.preventDefault();
  const id = lien.hash.slice(1);
  try {
    const reponse = await fetch(lien.href);
    const fichier = document.createElement("a");
    const calendrier = seul(await reponse.text(), id);
    const [, annee, mois, jour] =
      /^DTSTART\b.*:(\d{4})(\d\d)(\d\d)/m.exec(calendrier.slice(calendrier.indexOf("BEGIN:VEVENT"))) ?? [];
    fichier.href = URL.createObjectURL(new Blob([calendrier], { type: "text/calendar" }));
    fichier.download = `rendez-vous-${annee}-${mois}-${jour}.ics`;
    fichier.click();
  } catch (erreur) {
    // Faute d’un seul rendez-vous, tout le calendrier.
    console.error(erreur);
    location.href = lien.href;
  }
});
