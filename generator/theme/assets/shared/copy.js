// Ajoute « Copier » aux textes faits pour être repris (data-copier). Sans script, on les sélectionne comme tout autre texte.
// Une longue liste d’adresses (data-adresses) : on y choisit une ligne, ses adresses s’écrivent avec un bouton pour les
// copier. Sans script, la liste suffit : chaque lien mène à son flux ou à son calendrier.
// @ts-check

/** Pose le bouton qui copie un texte, après lui. @param {Element} texte */
function pose(texte) {
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton bouton--second";
  bouton.textContent = texte.getAttribute("data-copier") || "Copier";
  const etat = document.createElement("span");
  etat.className = "menu";
  etat.setAttribute("role", "status");
  bouton.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(/** @type {HTMLElement} */ (texte).innerText.trim());
      etat.textContent = "Copié. Il reste à coller.";
    } catch {
      // Hors https, le navigateur refuse le presse-papiers : on sélectionne, la personne copie.
      getSelection()?.selectAllChildren(texte);
      etat.textContent = "Texte sélectionné : copiez-le avec votre clavier.";
    }
  });
  const ligne = document.createElement(texte.tagName === "CODE" ? "span" : "p");
  ligne.className = "boutons ecran";
  ligne.append(bouton, etat);
  texte.after(ligne);
}

for (const texte of document.querySelectorAll("[data-copier]")) pose(texte);

/** Une adresse en toutes lettres et son bouton. @param {HTMLAnchorElement} lien @param {string} nom @returns {HTMLElement} */
function ligne(lien, nom) {
  const groupe = document.createElement("div");
  const intitule = document.createElement("dt");
  const quoi = lien.textContent ?? "";
  intitule.textContent = quoi[0].toUpperCase() + quoi.slice(1);
  const valeur = document.createElement("dd");
  const code = document.createElement("code");
  // Un calendrier se donne par son adresse ordinaire ; webcal ne sert qu’à l’ouvrir.
  code.textContent = lien.href.replace(/^webcal:/, location.protocol);
  code.dataset.copier = `Copier l’adresse du ${quoi} : ${nom}`;
  valeur.append(code);
  groupe.append(intitule, valeur);
  pose(code);
  return groupe;
}

for (const zone of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-adresses]"))) {
  const lignes = [...zone.querySelectorAll("li")];
  const nom = (/** @type {HTMLElement} */ li) => (li.firstChild?.textContent ?? "").replace(/\s*:\s*$/, "").trim();
  const choix = document.createElement("select");
  choix.append(...["Choisir", ...lignes.map(nom)].map((mots, rang) => new Option(mots, String(rang))));
  const etiquette = document.createElement("label");
  etiquette.textContent = `${zone.dataset.adresses} `;
  etiquette.append(choix);
  const formulaire = document.createElement("form");
  formulaire.className = "filtres ecran";
  formulaire.setAttribute("aria-label", zone.dataset.adresses ?? "");
  const reponse = document.createElement("dl");
  reponse.className = "faits champ-large";
  reponse.hidden = true;
  choix.addEventListener("change", () => {
    const voulue = lignes[Number(choix.value) - 1];
    const liens = voulue ? [...voulue.querySelectorAll("a")] : [];
    reponse.hidden = liens.length === 0;
    reponse.replaceChildren(...liens.map((lien) => ligne(lien, nom(voulue))));
  });
  formulaire.append(etiquette, reponse);
  zone.before(formulaire);
}
