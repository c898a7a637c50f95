#include "pdf/util/text_string.h"

#include <algorithm>

namespace sohoa {
namespace {

void appendUtf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | c >> 6), put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    put(0xe0 | c >> 12), put(0x80 | (c >> 6 & 0x3f)), put(0x80 | (c & 0x3f));
  } else {
    put(0xf0 | c >> 18), put(0x80 | (c >> 12 & 0x3f)), put(0x80 | (c >> 6 & 0x3f)),
        put(0x80 | (c & 0x3f));
  }
}

}  // namespace

std::u32string codePoints(std::string_view utf8) {
  std::u32string points;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    const std::size_t length = byte < 0x80   ? 1
                               : byte < 0xc2 ? 0
                               : byte < 0xe0 ? 2
                               : byte < 0xf0 ? 3
                               : byte < 0xf5 ? 4
                                             : 0;
    char32_t c = length == 1 ? byte : length == 0 ? 0xfffd : byte & (0x7f >> length);
    std::size_t used = 1;
    for (; used < length; ++used) {
      const unsigned char next =
          at + used < utf8.size() ? static_cast<unsigned char>(utf8[at + used]) : 0;
      if ((next & 0xc0) != 0x80) {
        c = 0xfffd;
        break;
      }
      c = c << 6 | (next & 0x3f);
    }
    points += c;
    at += used;
  }
  return points;
}

std::string textOfPdfString(std::string_view bytes) {
  std::string text;
  if (bytes.starts_with("\xef\xbb\xbf")) return std::string(bytes.substr(3));
  if (!bytes.starts_with("\xfe\xff")) {
    // PDFDocEncoding is Latin 1 but for a few rare signs; those show as they are in Latin 1.
    for (char c : bytes) appendUtf8(text, static_cast<unsigned char>(c));
    return text;
  }
  const auto unit = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                 static_cast<unsigned char>(bytes[at + 1]));
  };
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xd800 && c < 0xdc00 && at + 3 < bytes.size() && unit(at + 2) >= 0xdc00 &&
        unit(at + 2) < 0xe000) {
      c = 0x10000 + ((c - 0xd800) << 10) + (unit(at + 2) - 0xdc00);
      at += 2;
    } else if (c >= 0xd800 && c < 0xe000) {
      c = 0xfffd;
    }
    appendUtf8(text, c);
  }
  return text;
}

std::string pdfStringOfText(std::string_view utf8) {
  const bool ascii =
      std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= ' ' && c < 0x7f; });
  if (ascii) return std::string(utf8);
  std::string out = "\xfe\xff";
  const auto put = [&](char32_t unit) {
    out += static_cast<char>(unit >> 8);
    out += static_cast<char>(unit & 0xff);
  };
  for (char32_t c : codePoints(utf8)) {
    if (c < 0x10000) {
      put(c);
    } else {
      put(0xd800 + ((c - 0x10000) >> 10));
      put(0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  }
  return out;
}

std::string shortened(std::string utf8) {
  constexpr std::size_t kMost = 300;
  if (utf8.size() <= kMost) return utf8;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
  return utf8.substr(0, end) + "…";
}

}  // namespace sohoa
