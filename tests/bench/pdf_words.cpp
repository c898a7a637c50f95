#include "tests/bench/pdf_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "tests/support/process.h"

namespace sohoa::test {
namespace {

std::string utf8Of(char32_t code) {
  std::string out;
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
  } else {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
  }
  out += static_cast<char>(0x80 | (code & 0x3F));
  return out;
}

std::string plain(std::string text) {
  static const std::vector<std::pair<std::string, std::string>> kEntities = {
      {"&lt;", "<"},   {"&gt;", ">"},  {"&quot;", "\""},
      {"&apos;", "'"}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, sign] : kEntities) {
    for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; at += sign.size()) {
      text.replace(at, entity.size(), sign);
    }
  }
  for (std::size_t at = 0; (at = text.find("&#x", at)) != std::string::npos; ++at) {
    const std::size_t end = text.find(';', at);
    const auto code =
        static_cast<char32_t>(std::stoul(text.substr(at + 3, end - at - 3), nullptr, 16));
    text.replace(at, end + 1 - at, utf8Of(code));
  }
  return text;
}

std::string outputOf(const std::vector<std::string>& command) {
  const auto result = runCommand(command);
  if (!result.ok()) throw std::runtime_error(result.describe());
  return result.out;
}

std::vector<SeenWord> byPdftotext(const std::filesystem::path& pdf) {
  std::vector<SeenWord> words;
  const std::string out = outputOf({"pdftotext", "-bbox", pdf.string(), "-"});
  static const std::regex kWord(
      R"re(<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</word>)re");
  for (std::sregex_iterator it(out.begin(), out.end(), kWord), end; it != end; ++it) {
    words.push_back({plain((*it)[5]), std::stod((*it)[1]), std::stod((*it)[2]), std::stod((*it)[3]),
                     std::stod((*it)[4])});
  }
  return words;
}

// MuPDF gives characters with their corners; a space or another line ends a word.
std::vector<SeenWord> byMutool(const std::filesystem::path& pdf) {
  std::vector<SeenWord> words;
  const std::string out = outputOf({"mutool", "draw", "-F", "stext", "-o", "-", pdf.string(), "1"});
  static const std::regex kSign(R"re(<line |<char quad="([^"]*)"[^>]* c="([^"]*)")re");
  bool open = false;
  for (std::sregex_iterator it(out.begin(), out.end(), kSign), end; it != end; ++it) {
    const std::string sign = plain((*it)[2]);
    if (!(*it)[1].matched || sign == " ") {
      open = false;
      continue;
    }
    double quad[8] = {};
    std::sscanf((*it)[1].str().c_str(), "%lf %lf %lf %lf %lf %lf %lf %lf", quad, quad + 1, quad + 2,
                quad + 3, quad + 4, quad + 5, quad + 6, quad + 7);
    if (!open) words.push_back({"", 1e9, 1e9, -1e9, -1e9});
    open = true;
    SeenWord& word = words.back();
    word.text += sign;
    for (int i = 0; i < 8; i += 2) {
      word.left = std::min(word.left, quad[i]), word.right = std::max(word.right, quad[i]);
      word.top = std::min(word.top, quad[i + 1]), word.bottom = std::max(word.bottom, quad[i + 1]);
    }
  }
  return words;
}

/// The box of a word as the page is shown: turned, in points.
SeenWord shown(const Word& word, const PageReading& page) {
  const double x = 72 / page.xDpi, y = 72 / page.yDpi;
  const double left = word.box.x * x, right = word.box.right() * x;
  const double top = word.box.y * y, bottom = word.box.bottom() * y;
  const double width = page.width * x, height = page.height * y;
  switch (page.rotation) {
    case 90:
      return {word.text, height - bottom, left, height - top, right};
    case 180:
      return {word.text, width - right, height - bottom, width - left, height - top};
    case 270:
      return {word.text, top, width - right, bottom, width - left};
    default:
      return {word.text, left, top, right, bottom};
  }
}

double overlap(const SeenWord& a, const SeenWord& b) {
  const double across = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double down = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  if (across <= 0 || down <= 0) return 0;
  const auto area = [](const SeenWord& w) { return (w.right - w.left) * (w.bottom - w.top); };
  return across * down / (area(a) + area(b) - across * down);
}

std::string told(const SeenWord& word) {
  return fmt::format("\"{}\" {:.1f} {:.1f} {:.1f} {:.1f}", word.text, word.left, word.top,
                     word.right, word.bottom);
}

std::vector<std::string> textsOf(const PageReading& reading) {
  std::vector<std::string> texts;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) texts.push_back(word.text);
    }
  }
  return texts;
}

}  // namespace

int strayInPlainText(const PageReading& reading, const std::filesystem::path& pdf) {
  std::map<std::string, int> count;
  for (const std::string& word : textsOf(reading)) ++count[word];
  std::istringstream in(outputOf({"pdftotext", pdf.string(), "-"}));
  for (std::string word; in >> word;) --count[word];
  int stray = 0;
  for (const auto& [word, more] : count) stray += std::abs(more);
  return stray;
}

std::vector<SeenWord> wordsSeenBy(const std::string& reader, const std::filesystem::path& pdf) {
  return reader == "mutool" ? byMutool(pdf) : byPdftotext(pdf);
}

WordMatch matchWords(const PageReading& reading, std::vector<SeenWord> seen) {
  WordMatch match;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        const SeenWord wanted = shown(word, reading);
        ++match.of;
        std::size_t best = seen.size();
        double most = -1;
        for (std::size_t i = 0; i < seen.size(); ++i) {
          if (seen[i].text != wanted.text) continue;
          const double near = overlap(seen[i], wanted);
          if (near > most) most = near, best = i;
        }
        if (most > 0) {
          ++match.words;
          if (most >= 0.7) ++match.boxes;
          if (most < 0.7)
            match.misses.push_back(
                fmt::format("{:.2f} {} as {}", most, told(wanted), told(seen[best])));
          seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(best));
        } else {
          match.misses.push_back("missing " + told(wanted));
        }
      }
    }
  }
  for (const SeenWord& word : seen) match.misses.push_back("beyond " + told(word));
  match.words -= std::min(match.words, static_cast<int>(seen.size()));
  return match;
}

CommonWords commonWords(const PageReading& first, const PageReading& second) {
  const auto a = textsOf(first), b = textsOf(second);
  std::vector<std::vector<int>> longest(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      longest[i][j] =
          a[i] == b[j] ? longest[i + 1][j + 1] + 1 : std::max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  CommonWords common{static_cast<int>(a.size()), longest[0][0], std::vector<bool>(a.size()), {}};
  std::string gone, came;
  const auto flush = [&] {
    if (!gone.empty() || !came.empty()) common.others.push_back(gone + " -> " + came);
    gone.clear(), came.clear();
  };
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      flush();
      common.kept[i] = true;
      ++i, ++j;
    } else if (j == b.size() || (i < a.size() && longest[i + 1][j] >= longest[i][j + 1])) {
      gone += a[i++] + " ";
    } else {
      came += b[j++] + " ";
    }
  }
  flush();
  return common;
}

}  // namespace sohoa::test
