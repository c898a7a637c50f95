#include "pdf/pdfa/invisible_font.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/digest.h"
#include "pdf/util/bytes.h"

namespace sohoa {
namespace {

constexpr std::size_t kMostCharacters = 65534;
constexpr int kMissingAdvance = 500;

struct Table {
  std::string_view tag;
  std::string data;
};

std::uint32_t checksum(std::string_view data) {
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at + 4 <= data.size(); at += 4) sum += be32(data, at);
  return sum;
}

void pad(std::string& data) { data.resize((data.size() + 3) / 4 * 4); }

std::string words(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) putBe16(out, static_cast<std::uint32_t>(value) & 0xFFFF);
  return out;
}

std::string headTable() {
  std::string head;
  putBe32(head, 0x00010000);  // version
  putBe32(head, 0x00010000);  // revision
  putBe32(head, 0);           // checkSumAdjustment, filled in at the end
  putBe32(head, 0x5F0F3CF5);  // magic
  // flags, unitsPerEm; created and modified are fixed so that equal text gives equal bytes
  head += words({0x0003, 1000, 0, 0, 0, 0, 0, 0, 0, 0});
  // xMin, yMin, xMax, yMax, macStyle, lowestRecPPEM, direction, long loca, glyphDataFormat
  head += words({0, InvisibleFont::kDescent, 1000, InvisibleFont::kAscent, 0, 8, 2, 1, 0});
  return head;
}

}  // namespace

InvisibleFont::InvisibleFont(std::set<char32_t> characters) {
  characters.insert(U' ');
  characters.insert(U'\uFFFD');
  characters_.assign(characters.begin(), characters.end());
  if (characters_.size() > kMostCharacters) {
    characters_.resize(kMostCharacters - 1);
    if (characters_.back() < U'\uFFFD') characters_.push_back(U'\uFFFD');
  }
}

std::uint16_t InvisibleFont::glyph(char32_t character) const {
  auto found = std::lower_bound(characters_.begin(), characters_.end(), character);
  if (found == characters_.end() || *found != character) {
    found = std::lower_bound(characters_.begin(), characters_.end(), U'\uFFFD');
  }
  return static_cast<std::uint16_t>(found - characters_.begin() + 1);
}

int InvisibleFont::advance(char32_t character) {
  static constexpr std::u32string_view kNarrow = U"ijltf.,:;!|'()[]/I ìíĩỉịÌÍĨỈỊ";
  if (character == U' ') return 250;
  if (kNarrow.find(character) != std::u32string_view::npos) return 290;
  if (character == U'm' || character == U'M' || character == U'w' || character == U'W') return 830;
  const bool capital = (character >= U'A' && character <= U'Z') || character == U'Đ' ||
                       (character >= 0xC0 && character <= 0xDE) ||
                       (character >= 0x1EA0 && character <= 0x1EF9 && character % 2 == 0);
  return capital ? 680 : 500;
}

std::string InvisibleFont::trueType() const {
  const int glyphs = static_cast<int>(characters_.size()) + 1;
  std::string hmtx = words({kMissingAdvance, 0});
  for (const char32_t character : characters_) hmtx += words({advance(character), 0});
  std::string maxp;
  putBe32(maxp, 0x00010000);
  maxp += words({glyphs, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0});
  std::string hhea;
  putBe32(hhea, 0x00010000);
  hhea += words({kAscent, kDescent, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, glyphs});
  std::string post;
  putBe32(post, 0x00030000);  // no glyph names
  post.resize(32);
  // Every glyph is empty: its loca entries are equal. The table itself must not be.
  std::vector<Table> tables{{"glyf", std::string(4, '\0')},
                            {"head", headTable()},
                            {"hhea", std::move(hhea)},
                            {"hmtx", std::move(hmtx)},
                            {"loca", std::string(4 * (static_cast<std::size_t>(glyphs) + 1), '\0')},
                            {"maxp", std::move(maxp)},
                            {"post", std::move(post)}};
  const int count = static_cast<int>(tables.size());
  std::string font;
  putBe32(font, 0x00010000);
  font += words({count, 64, 2, count * 16 - 64});  // binary search over four of the tables
  std::size_t offset = font.size() + 16 * tables.size();
  std::size_t headAt = 0;
  for (Table& table : tables) {
    const std::size_t size = table.data.size();
    pad(table.data);
    font += table.tag;
    putBe32(font, checksum(table.data));
    putBe32(font, static_cast<std::uint32_t>(offset));
    putBe32(font, static_cast<std::uint32_t>(size));
    if (table.tag == "head") headAt = offset;
    offset += table.data.size();
  }
  for (const Table& table : tables) font += table.data;
  std::string adjustment;
  putBe32(adjustment, 0xB1B0AFBA - checksum(font));
  font.replace(headAt + 8, 4, adjustment);
  return font;
}

std::string InvisibleFont::subsetTag() const {
  std::string text;
  for (const char32_t character : characters_) putBe32(text, character);
  const Sha256 digest = sha256(text);
  std::string tag;
  for (std::size_t i = 0; i < 6; ++i) tag += static_cast<char>('A' + digest.bytes[i] % 26);
  return tag;
}

std::string InvisibleFont::widths() const {
  std::string array = "[";
  // Runs, as no array of a PDF/A-1 may exceed 8,191 elements (ISO 19005-1, 6.1.12).
  for (std::size_t i = 0; i < characters_.size();) {
    array += fmt::format(" {} [", i + 1);
    const std::size_t end = std::min(characters_.size(), i + 1000);
    for (; i < end; ++i) array += fmt::format(" {}", advance(characters_[i]));
    array += " ]";
  }
  return array + " ]";
}

std::string InvisibleFont::toUnicode() const {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t i = 0; i < characters_.size();) {
    const std::size_t end = std::min(characters_.size(), i + 100);
    map += fmt::format("{} beginbfchar\n", end - i);
    for (; i < end; ++i) {
      const auto code = static_cast<std::uint32_t>(characters_[i]);
      if (code < 0x10000) {
        map += fmt::format("<{:04X}> <{:04X}>\n", i + 1, code);
      } else {
        map += fmt::format("<{:04X}> <{:04X}{:04X}>\n", i + 1, 0xD7C0 + (code >> 10),
                           0xDC00 + (code & 0x3FF));
      }
    }
    map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

std::string InvisibleFont::cidSet() const {
  const std::size_t glyphs = characters_.size() + 1;
  std::string bits((glyphs + 7) / 8, '\xFF');
  if (glyphs % 8 != 0) bits.back() = static_cast<char>(0xFF << (8 - glyphs % 8) & 0xFF);
  return bits;
}

}  // namespace sohoa
