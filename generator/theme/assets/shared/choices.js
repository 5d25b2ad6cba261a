// Ce que l’adresse d’une page choisit dans une liste.
// @ts-check

/** Prend le choix de cette valeur, ou celui qui tient aujourd’hui sa place : les territoires fusionnent, les adresses que l’on
 * a gardées restent. Sinon, rien n’est choisi. @param {HTMLSelectElement} list @param {string} value */
export function choose(list, value) {
  const options = [...list.options];
  const option =
    options.find((one) => one.value === value) ??
    options.find((one) => one.dataset.anciens?.split(" ").includes(value)) ??
    options.find((one) => !one.value);
  if (option) option.selected = true;
}
