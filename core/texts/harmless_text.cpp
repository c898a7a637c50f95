#include "core/texts/harmless_text.h"

#include <fmt/format.h>

#include <cstddef>

namespace sohoa {
namespace {

/// Bytes of the UTF-8 character that the text begins with, and its code point; 0: none.
std::size_t decoded(std::string_view text, char32_t& code) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  code = byte(0);
  if (code < 0x80) return 1;
  const std::size_t length = code >= 0xf0 ? 4 : code >= 0xe0 ? 3 : 2;
  if (code < 0xc2 || code > 0xf4 || text.size() < length) return 0;
  code &= 0xffu >> (length + 1);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3fu);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return code < kSmallest[length] || surrogate || code > 0x10ffff ? 0 : length;
}

bool isHarmful(char32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0)  // C0, DEL, C1
         || code == 0xad || code == 0x61c              // soft hyphen, Arabic letter mark
         || (code >= 0x200b && code <= 0x200f)         // of no width; left-to-right marks
         || (code >= 0x2028 && code <= 0x202e)         // line separators; embeddings, overrides
         || (code >= 0x2060 && code <= 0x206f)         // joiners, isolates
         || code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb) || (code & 0xfffe) == 0xfffe ||
         (code >= 0xe0000 && code <= 0xe0fff);  // tags
}

}  // namespace

std::string harmlessText(std::string_view text, bool lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    char32_t code = 0;
    const std::size_t length = decoded(text, code);
    if (length == 0) {
      out += fmt::format("\\x{{{:02X}}}", static_cast<unsigned char>(text.front()));
    } else if (isHarmful(code) && !(lines && (code == '\n' || code == '\t'))) {
      out += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(code));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

}  // namespace sohoa
