// Ce que deux façons d’écrire un nom de lieu ont en commun, et les mots que l’on met autour : les règles de
// generator/territories/names.py, à changer avec lui. La table des mots est dans donnees/communes.json.
// @ts-check
import { sansAccents } from "./data.js";

/** @typedef {{words: string[], kinds: Set<string>}} Peeling un nom hors de quelques mots qui l’entourent, et les sortes qu’ils disent */
/** @typedef {ReturnType<typeof openWords>} Words */

/** @param {any} table `mots` de donnees/communes.json */
export function openWords(table) {
  const set = (/** @type {string} */ words) => new Set(words.split(" "));
  const [articles, links, around, areas, idle] = ["articles", "links", "around", "of_areas", "idle"].map((name) =>
    set(table[name]),
  );
  const kindOf = new Map(
    Object.entries(table.kinds).flatMap(([kind, words]) =>
      [...set(/** @type {string} */ (words))].map((word) => /** @type {[string, string]} */ ([word, kind])),
    ),
  );
  const isAround = (/** @type {string} */ word) => around.has(word) || links.has(word) || kindOf.has(word);

  /** Les mots pliés, les nombres à part, les abréviations écrites en entier. @param {string} text @returns {string[]} */
  const listWords = (text) =>
    (sansAccents(text).match(/[0-9]+|[a-z]+/g) ?? []).map((word) =>
      Object.hasOwn(table.short, word) ? table.short[word] : word,
    );

  /** Sans l’article devant un nom, ou derrière : « Faouët (Le) ». @param {string[]} words @returns {string[]} */
  const stripArticle = (words) =>
    words.length < 2
      ? words
      : articles.has(words[0])
        ? words.slice(1)
        : articles.has(words[words.length - 1])
          ? words.slice(0, -1)
          : words;

  return {
    table,
    idle,
    listWords,
    stripArticle,
    /** Par quoi un nom se retrouve : ses lettres sans espace, avec et sans article. @param {string[]} words @returns {string[]} */
    listKeys: (words) => [...new Set([words.join(""), stripArticle(words).join("")])],
    /** Les mots qui ne sont qu’à lui, dans n’importe quel ordre. @param {string[]} words @returns {string} */
    coreKey: (words) => [...new Set(words.filter((word) => !isAround(word) && !areas.has(word)))].sort().join(" "),
    /** Le `type` que nomment des mots ; rien pour d’autres mots, ou pour deux sortes. @param {string[]} words @returns {string} */
    findKind: (words) => {
      const kinds = new Set(words.flatMap((word) => kindOf.get(word) ?? []));
      return kinds.size === 1 && words.every((word) => isAround(word) || areas.has(word)) ? [...kinds][0] : "";
    },
    /** Les mots, puis sans un mot de plus autour du nom, d’abord devant, puis derrière.
     * @param {string[]} words @returns {Generator<Peeling>} */
    *peel(words) {
      /** @type {Set<string>} */
      let kinds = new Set();
      yield { words, kinds };
      for (const before of [true, false]) {
        for (;;) {
          const word = words[before ? 0 : words.length - 1];
          if (word === undefined || !isAround(word)) break;
          const kind = kindOf.get(word);
          if (kind) kinds = new Set([...kinds, kind]);
          words = before ? words.slice(1) : words.slice(0, -1);
          yield { words, kinds };
        }
      }
    },
  };
}
