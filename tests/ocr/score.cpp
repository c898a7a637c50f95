#include "tests/ocr/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "ocr/language/syllable.h"

namespace sohoa::test {
namespace {

bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// Without punctuation at either end.
std::u32string core(const std::string& word) {
  std::u32string text = foldSpaces(word);
  const auto edge = [](char32_t c) {
    return std::u32string_view(U".,;:()[]“”\"'…").find(c) != std::u32string_view::npos;
  };
  while (!text.empty() && edge(text.back())) text.pop_back();
  while (!text.empty() && edge(text.front())) text.erase(text.begin());
  return text;
}

bool isCode(const std::string& word) {
  const std::u32string text = core(word);
  return std::any_of(text.begin(), text.end(), isDigit);
}

std::u32string withoutMarks(const std::string& word) {
  std::u32string out;
  for (const char32_t c : foldSpaces(word)) {
    const LetterParts parts = takeApart(c);
    if (!parts.known) {
      out += c;
      continue;
    }
    constexpr std::u32string_view kMarked = U"ăâđêôơư", kPlain = U"aadeoou";
    const std::size_t at = kMarked.find(parts.base);
    const char32_t base = at == std::u32string_view::npos ? parts.base : kPlain[at];
    out += parts.upper && base >= U'a' && base <= U'z' ? base - 32 : base;
  }
  return out;
}

struct Pair {
  int truth = -1, read = -1;
};

/// Which read word stands for which word of the truth, by the fewest insertions, deletions and
/// replacements; a replacement by a word of nearly the same letters is preferred.
std::vector<Pair> align(const std::vector<TruthWord>& truth, const std::vector<Word>& read) {
  const std::size_t n = truth.size(), m = read.size();
  std::vector<std::u32string> a, b;
  for (const TruthWord& w : truth) a.push_back(foldSpaces(w.text));
  for (const Word& w : read) b.push_back(foldSpaces(w.text));
  const auto cost = [&](std::size_t i, std::size_t j) {
    if (a[i] == b[j]) return 0;
    const auto longest = static_cast<int>(std::max(a[i].size(), b[j].size()));
    return 1000 + 400 * editDistance(a[i], b[j]) / std::max(longest, 1);
  };
  std::vector<std::vector<int>> best(n + 1, std::vector<int>(m + 1));
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j <= m; ++j) {
      if (i == 0 || j == 0) {
        best[i][j] = 1000 * static_cast<int>(i + j);
        continue;
      }
      best[i][j] = std::min(
          {best[i - 1][j] + 1000, best[i][j - 1] + 1000, best[i - 1][j - 1] + cost(i - 1, j - 1)});
    }
  }
  std::vector<Pair> pairs;
  std::size_t i = n, j = m;
  while (i > 0 || j > 0) {
    if (i > 0 && j > 0 && best[i][j] == best[i - 1][j - 1] + cost(i - 1, j - 1)) {
      pairs.push_back({static_cast<int>(--i), static_cast<int>(--j)});
    } else if (i > 0 && best[i][j] == best[i - 1][j] + 1000) {
      pairs.push_back({static_cast<int>(--i), -1});
    } else {
      pairs.push_back({-1, static_cast<int>(--j)});
    }
  }
  std::reverse(pairs.begin(), pairs.end());
  return pairs;
}

bool isTight(const PixelBox& box, const PixelBox& ink, double dpi) {
  const double slack = dpi * 6 / 300;  // a quarter of the x-height of 13-point print
  return std::abs(box.x - ink.x) <= slack && std::abs(box.y - ink.y) <= slack &&
         std::abs(box.right() - ink.right()) <= slack &&
         std::abs(box.bottom() - ink.bottom()) <= slack;
}

double percent(int part, int whole) { return whole == 0 ? 0.0 : 100.0 * part / whole; }

}  // namespace

Score& Score::operator+=(const Score& other) {
  pages += other.pages;
  characters += other.characters;
  words += other.words;
  wordErrors += other.wordErrors;
  diacriticOnly += other.diacriticOnly;
  codes += other.codes;
  codesExact += other.codesExact;
  wrong += other.wrong;
  wrongMarked += other.wrongMarked;
  right += other.right;
  rightMarked += other.rightMarked;
  boxes += other.boxes;
  boxesTight += other.boxesTight;
  return *this;
}

Score scorePage(const SamplePage& page, const PageReading& reading, double dpi,
                const std::function<void(const Word&, const std::string&)>& tell) {
  const int margin = static_cast<int>(dpi / 300 * 8);
  const std::vector<Word> read = wordsOutside(reading, page.ignored, page.printed, margin);
  Score score;
  score.pages = 1;
  std::string text;
  for (const Word& word : read) text += word.text + ' ';
  score.characters = compareText(page.text, text);
  score.words = static_cast<int>(page.words.size());
  for (const Pair& pair : align(page.words, read)) {
    const TruthWord* truth =
        pair.truth < 0 ? nullptr : &page.words[static_cast<std::size_t>(pair.truth)];
    const Word* word = pair.read < 0 ? nullptr : &read[static_cast<std::size_t>(pair.read)];
    const bool same = truth != nullptr && word != nullptr && truth->text == word->text;
    score.wordErrors += same ? 0 : 1;
    if (truth != nullptr && isCode(truth->text)) {
      ++score.codes;
      score.codesExact += word != nullptr && core(truth->text) == core(word->text) ? 1 : 0;
    }
    if (word == nullptr) continue;
    if (tell) tell(*word, truth == nullptr ? std::string() : truth->text);
    (same ? score.right : score.wrong) += 1;
    if (word->suspect) (same ? score.rightMarked : score.wrongMarked) += 1;
    if (truth != nullptr && !same && withoutMarks(truth->text) == withoutMarks(word->text)) {
      ++score.diacriticOnly;
    }
    if (same && page.rotation == 0) {
      ++score.boxes;
      score.boxesTight += isTight(word->box, truth->box, dpi) ? 1 : 0;
    }
  }
  return score;
}

std::string table(const ScoreCard& card) {
  std::string out =
      fmt::format("{:<14}{:>6}{:>8}{:>7}{:>7}{:>7}{:>8}{:>8}{:>8}{:>8}\n", "condition", "pages",
                  "chars", "CER%", "WER%", "marks%", "codes%", "caught%", "false%", "boxes%");
  Score all;
  const auto row = [&](const std::string& name, const Score& s) {
    out += fmt::format("{:<14}{:>6}{:>8}{:>7.2f}{:>7.2f}{:>7.2f}{:>8.2f}{:>8.1f}{:>8.2f}{:>8.1f}\n",
                       name, s.pages, s.characters.characters, s.characters.percent(),
                       percent(s.wordErrors, s.words), percent(s.diacriticOnly, s.words),
                       percent(s.codesExact, s.codes), percent(s.wrongMarked, s.wrong),
                       percent(s.rightMarked, s.right), percent(s.boxesTight, s.boxes));
  };
  for (const auto& [condition, score] : card) {
    row(condition, score);
    all += score;
  }
  row("all", all);
  return out;
}

std::string bars(const ScoreCard& card, const ScoreCard& other) {
  std::string out;
  const auto row = [&](const std::string& what, double value, double limit, bool atLeast,
                       bool known) {
    const char* verdict = !known                                        ? "not measured"
                          : (atLeast ? value >= limit : value <= limit) ? "met"
                                                                        : "MISSED";
    out += fmt::format("{:<44}{:>9.2f} %  {} {:.2f} %  {}\n", what, value,
                       atLeast ? ">=" : "<=", limit, verdict);
  };
  const auto of = [](const ScoreCard& from, std::initializer_list<const char*> names) {
    Score sum;
    for (const char* name : names) {
      if (const auto found = from.find(name); found != from.end()) sum += found->second;
    }
    return sum;
  };
  const auto characters = [&](const char* what, const Score& s, double limit) {
    row(what, s.characters.percent(), limit, false, s.pages > 0);
  };
  const Score stamped = of(card, {"stamped"}), theirs = of(other, {"stamped"});
  characters("CER stamped", stamped, 0.8);
  row("CER stamped, share of tesseract's",
      percent(static_cast<int>(1e4 * stamped.characters.percent()),
              static_cast<int>(1e4 * theirs.characters.percent())),
      20, false, theirs.pages > 0);
  characters("CER clean", of(card, {"clean"}), 0.4);
  for (const char* name : {"yellowed", "low_res", "table"})
    characters((std::string("CER ") + name).c_str(), of(card, {name}), 1.2);
  const Score upright = of(card, {"clean", "stamped", "skewed"});
  for (const char* name : {"upside_down", "sideways"}) {
    characters((std::string("CER ") + name + ", as upright ones (+0.1)").c_str(), of(card, {name}),
               upright.characters.percent() + 0.1);
  }
  const auto codes = [&](const char* what, const Score& s, double limit) {
    row(what, percent(s.codesExact, s.codes), limit, true, s.codes > 0);
  };
  codes("dates, numbers, codes exact, clean", of(card, {"clean"}), 99.5);
  codes("dates, numbers, codes exact, stamped", stamped, 98);
  Score all;
  for (const auto& [condition, score] : card) all += score;
  row("wrong words marked suspect", percent(all.wrongMarked, all.wrong), 60, true, all.wrong > 0);
  row("right words marked suspect", percent(all.rightMarked, all.right), 3, false, all.right > 0);
  return out;
}

std::string baselineText(const ScoreCard& card) {
  std::string out = "# condition characters errors words word-errors codes codes-exact\n";
  for (const auto& [condition, s] : card) {
    out += fmt::format("{} {} {} {} {} {} {}\n", condition, s.characters.characters,
                       s.characters.errors, s.words, s.wordErrors, s.codes, s.codesExact);
  }
  return out;
}

std::vector<std::string> regressions(const ScoreCard& card, const std::string& baseline) {
  std::vector<std::string> worse;
  std::istringstream in(baseline);
  std::string line;
  const auto limit = [](double before) { return before * 1.25 + 3; };
  double before = 0, now = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string condition;
    double characters = 0, errors = 0, words = 0, wordErrors = 0, codes = 0, exact = 0;
    fields >> condition >> characters >> errors >> words >> wordErrors >> codes >> exact;
    const auto found = card.find(condition);
    if (!fields || found == card.end()) {
      worse.push_back(condition + ": not scored");
      continue;
    }
    const Score& s = found->second;
    // Other versions of the type-setting libraries make other pages: rates are compared.
    const double scale = characters > 0 ? s.characters.characters / characters : 1;
    before += errors * scale;
    now += s.characters.errors;
    if (s.characters.errors > limit(errors * scale)) {
      worse.push_back(fmt::format("{}: {} character errors, {:.0f} before", condition,
                                  s.characters.errors, errors * scale));
    }
    if (s.wordErrors > limit(wordErrors * scale)) {
      worse.push_back(fmt::format("{}: {} word errors, {:.0f} before", condition, s.wordErrors,
                                  wordErrors * scale));
    }
    if (s.codes - s.codesExact > limit((codes - exact) * scale)) {
      worse.push_back(fmt::format("{}: {} numbers not exact, {:.0f} before", condition,
                                  s.codes - s.codesExact, (codes - exact) * scale));
    }
  }
  if (now > before * 1.15 + 4) {
    worse.push_back(fmt::format("all: {:.0f} character errors, {:.0f} before", now, before));
  }
  return worse;
}

}  // namespace sohoa::test
