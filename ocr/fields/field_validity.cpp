#include "ocr/fields/field_validity.h"

#include <algorithm>
#include <array>

#include "ocr/language/folded_text.h"

namespace sohoa {
namespace {

/// A run of words of the body, over line ends.
struct Running {
  const FieldLine* line = nullptr;
  std::size_t word = 0;
  std::string folded;
};

bool ends(const std::string& text) {
  return !text.empty() && (text.back() == '.' || text.back() == ';');
}

std::vector<Running> runningWords(const FieldPage& page) {
  std::vector<Running> words;
  for (const FieldLine& line : page.lines) {
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      words.push_back({&line, i, foldCapitals(line.words[i].word->text)});
    }
  }
  return words;
}

bool at(const std::vector<Running>& words, std::size_t from, std::string_view phrase) {
  std::size_t i = from;
  while (!phrase.empty()) {
    const std::size_t space = std::min(phrase.find(' '), phrase.size());
    if (i >= words.size() || !words[i].folded.starts_with(phrase.substr(0, space))) return false;
    phrase.remove_prefix(std::min(space + 1, phrase.size()));
    ++i;
  }
  return true;
}

}  // namespace

bool readValidity(const FieldPage& page, int number, FieldMap& fields) {
  static constexpr std::array<std::string_view, 7> kPhrases = {
      "CO HIEU LUC",       "THOI HAN CUA GIAY", "THOI HAN GIAY PHEP", "THOI HAN KHAI THAC",
      "THOI HAN HIEU LUC", "THOI HAN XA",       "CO GIA TRI"};
  constexpr std::size_t kLongest = 24;
  const std::vector<Running> words = runningWords(page);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::none_of(kPhrases.begin(), kPhrases.end(),
                     [&](std::string_view phrase) { return at(words, i, phrase); }))
      continue;
    std::size_t end = i;
    bool tells = false;  // a number, or from when
    while (end < words.size() && end - i < kLongest) {
      const std::string& text = words[end].folded;
      tells = tells || text == "TU" || text == "NGAY" ||
              std::isdigit(static_cast<unsigned char>(text[0]));
      ++end;
      if (ends(text)) break;
    }
    if (!tells) continue;
    DocumentField found;
    for (std::size_t k = i; k < end; ++k) {
      const DocumentField one = fieldOf(*words[k].line, words[k].word, words[k].word + 1, number);
      if (found.page == 0) {
        found = one;
      } else {
        join(found, one);
      }
    }
    found.value = found.text;
    while (ends(found.value)) found.value.pop_back();
    fields[std::string(field::kValidity)] = std::move(found);
    return true;
  }
  return false;
}

}  // namespace sohoa
