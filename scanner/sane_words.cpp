#include "scanner/sane_words.h"

#include <algorithm>
#include <cctype>

namespace sohoa {
namespace {

std::string lower(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return word;
}

bool hasAny(const std::string& word, const std::vector<std::string>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return word.find(part) != std::string::npos; });
}

struct Meaning {
  std::vector<std::string> with, without, rather;  ///< parts, in lower case
};

/// The first word that fits; one that has a part of `rather` before the others.
std::optional<std::string> best(const Meaning& meaning, const std::vector<std::string>& words) {
  std::optional<std::string> found;
  for (const std::string& word : words) {
    const std::string name = lower(word);
    if (!hasAny(name, meaning.with) || hasAny(name, meaning.without)) continue;
    if (hasAny(name, meaning.rather)) return word;
    if (!found) found = word;
  }
  return found;
}

}  // namespace

std::optional<std::string> wordFor(ScanSource source, const std::vector<std::string>& words) {
  switch (source) {
    case ScanSource::flatbed:
      return best(
          {{"flatbed", "platen", "document table", "normal"}, {"adf", "feeder", "transparen"}, {}},
          words);
    case ScanSource::feeder:
      return best({{"adf", "feeder"}, {"duplex", "back", "both"}, {"front", "simplex"}}, words);
    case ScanSource::duplex:
      return best({{"duplex", "both sides"}, {}, {}}, words);
  }
  return std::nullopt;
}

std::optional<std::string> wordFor(ScanMode mode, const std::vector<std::string>& words) {
  switch (mode) {
    case ScanMode::colour:
      return best(
          {{"color", "colour"}, {"halftone", "lineart", "dropout", "48", "16"}, {"24bit color"}},
          words);
    case ScanMode::grey:
      return best({{"gray", "grey"}, {"16", "error", "dither"}, {"true"}}, words);
    case ScanMode::lineart:
      return best(
          {{"lineart", "line art", "black & white", "black and white", "binary", "mono", "b/w"},
           {"halftone", "error", "color", "colour"},
           {}},
          words);
  }
  return std::nullopt;
}

}  // namespace sohoa
