#include "tests/ocr/error_rate.h"

#include <algorithm>
#include <numeric>

namespace sohoa::test {

std::u32string foldSpaces(const std::string& utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) {
      point = (point << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    i += length;
    const bool space = point == U' ' || (point >= 9 && point <= 13) || point == 0xA0;
    if (!space) {
      out += point;
    } else if (!out.empty() && out.back() != U' ') {
      out += U' ';
    }
  }
  if (!out.empty() && out.back() == U' ') out.pop_back();
  return out;
}

int editDistance(const std::u32string& a, const std::u32string& b) {
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

ErrorRate compareText(const std::string& truth, const std::string& read) {
  const std::u32string expected = foldSpaces(truth), found = foldSpaces(read);
  return {editDistance(expected, found), static_cast<int>(expected.size())};
}

std::vector<Word> wordsOutside(const PageReading& reading, const std::vector<PixelBox>& ignored,
                               const std::vector<PixelBox>& printed, int margin) {
  auto within = [](const std::vector<PixelBox>& boxes, int x, int y, int grow) {
    return std::any_of(boxes.begin(), boxes.end(), [&](const PixelBox& box) {
      return x >= box.x - grow && x < box.right() + grow && y >= box.y - grow &&
             y < box.bottom() + grow;
    });
  };
  std::vector<Word> words;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        const int x = word.box.x + word.box.width / 2, y = word.box.y + word.box.height / 2;
        const bool inside = within(ignored, x, y, margin) && !within(printed, x, y, 0);
        if (!inside) words.push_back(word);
      }
    }
  }
  return words;
}

std::string textOutside(const PageReading& reading, const std::vector<PixelBox>& ignored,
                        const std::vector<PixelBox>& printed, int margin) {
  std::string text;
  for (const Word& word : wordsOutside(reading, ignored, printed, margin)) text += word.text + ' ';
  return text;
}

}  // namespace sohoa::test
