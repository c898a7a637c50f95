#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace sohoa {

/// A TrueType font of blank glyphs, one per character, made for the invisible text of one document.
/// Glyph numbers follow code points from 1; glyph 0 is .notdef. Units: 1/1000 em.
class InvisibleFont {
 public:
  static constexpr int kAscent = 1000, kDescent = -1;

  /// At most 65,534 characters; U+0020 and U+FFFD are always there.
  explicit InvisibleFont(std::set<char32_t> characters);
  /// That of U+FFFD for a character the font was not made with.
  std::uint16_t glyph(char32_t character) const;
  /// Roughly what the character takes in a Roman text face, so that carets fall between letters.
  static int advance(char32_t character);

  /// The font program (OpenType 1.9 tables that an embedded CIDFontType2 needs).
  std::string trueType() const;
  /// A six-letter subset tag that depends on the characters only (ISO 32000-1, 9.6.4).
  std::string subsetTag() const;
  /// /W in PDF syntax; equal to the font program's hmtx.
  std::string widths() const;
  /// The /ToUnicode CMap.
  std::string toUnicode() const;
  /// The /CIDSet: one bit per glyph, .notdef included.
  std::string cidSet() const;

 private:
  std::vector<char32_t> characters_;
};

}  // namespace sohoa
