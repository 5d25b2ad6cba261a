// Depuis combien de jours le site est publié : une page faite ce jour-là ne peut pas le savoir.
// @ts-check
const zone = document.getElementById("age");
const JOUR = 86_400_000; // millisecondes
const ASSEZ = 2; // jours : la publication passe chaque nuit

if (zone) {
  const aujourdhui = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });
  const jours = (Date.parse(aujourdhui) - Date.parse(zone.dataset.publie ?? "")) / JOUR;
  if (jours > ASSEZ) {
    const mots = document.createElement("strong");
    mots.textContent = `Il y a ${jours} jours\u00a0: la publication est arrêtée.`;
    zone.append(" ", mots);
  } else zone.textContent = jours > 0 ? ` Il y a ${jours} jour${jours > 1 ? "s" : ""}.` : " Aujourd’hui.";
}
