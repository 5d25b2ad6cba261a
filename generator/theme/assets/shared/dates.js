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
  if (mois && document.querySelector("#dates li[data-fin]")) {
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

/** Ce qu’une date répond aux questions, par clé : des valeurs séparées par des espaces. @typedef {Record<string, string | undefined>} Reponses */

/** @param {Reponses} reponses @param {FormData} demande @returns {boolean} */
const convient = (reponses, demande) =>
  [...demande].every(([cle, voulu]) => {
    const valeurs = (reponses[cle] ?? "").split(" ");
    return voulu === "" || valeurs.includes("*") || valeurs.includes(String(voulu));
  });

/** Les dates des pages suivantes, que data-reste résume. @param {string} texte @returns {Reponses[]} */
const lis = (texte) =>
  texte.split("|").map((date) => Object.fromEntries(date.split(";").map((paire) => paire.split("="))));

/** @param {HTMLFormElement} formulaire @param {HTMLElement} zone */
async function pose(formulaire, zone) {
  const choix = [...formulaire.querySelectorAll("select")];
  const etat = /** @type {HTMLElement} */ (formulaire.querySelector("[role=status]"));
  const { un = "", quoi = "" } = formulaire.dataset;
  const suite = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-suite] a"))].map(
    (lien) => ({ lien, propres: new URLSearchParams(lien.search) }),
  );
  const mois = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-reste]"))].map((ligne) => ({
    ligne,
    nombre: /** @type {HTMLElement} */ (ligne.querySelector(".nombre")),
    dates: lis(ligne.dataset.reste ?? ""),
  }));

  /** Montre ce qui convient et le compte en mots. @param {boolean} parle */
  function montre(parle) {
    const demande = new FormData(formulaire);
    const lignes = /** @type {HTMLElement[]} */ ([...zone.querySelectorAll("li[data-sorte]")]);
    for (const ligne of lignes) ligne.hidden = !convient(ligne.dataset, demande);
    let [ici, ailleurs, tout] = [lignes.filter((ligne) => !ligne.hidden).length, 0, lignes.length];
    for (const { ligne, nombre, dates } of mois) {
      const siennes = dates.filter((date) => convient(date, demande)).length;
      ligne.hidden = siennes === 0;
      nombre.textContent = String(siennes);
      ailleurs += siennes;
      tout += dates.length;
    }
    for (const section of document.querySelectorAll("#dates section, section:has([data-reste])")) {
      const siennes = [...section.querySelectorAll("li[data-sorte], [data-reste]")];
      /** @type {HTMLElement} */ (section).hidden =
        siennes.length > 0 && siennes.every((ligne) => /** @type {HTMLElement} */ (ligne).hidden);
    }
    const trouve = ici + ailleurs;
    const filtre = choix.some((champ) => champ.value !== "");
    const loin = ailleurs ? `, dont ${ailleurs} dans les mois suivants` : "";
    if (trouve === 0) etat.textContent = "Rien ne convient. Élargissez un des choix.";
    else etat.textContent = filtre || parle ? `${trouve} ${trouve > 1 ? quoi : un} sur ${tout}${loin}` : "";
    // Les pages des mois posent les mêmes questions : elles gardent les réponses.
    const reponses = choix.filter((champ) => champ.value).map((champ) => [champ.name, champ.value]);
    for (const { lien, propres } of suite) lien.search = new URLSearchParams([...propres, ...reponses]).toString();
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
    if (!champ) continue;
    champ.value = valeur;
    // Ce qui n’est pas un choix l’a peut-être été.
    if (champ.selectedIndex < 0) (await import("./choices.js")).choose(champ, valeur);
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
