#include "storage/text/text_decoder.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "core/handle.h"

namespace sohoa {
namespace {

/// A line longer than this is shown in part.
constexpr std::size_t kPreview = 300;

/// The upper half of Windows-1258; 0 where it has no character.
constexpr std::array<char16_t, 128> kWindows1258 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0,      0x2039,
    0x0152, 0,      0,      0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0,      0x203A, 0x0153, 0,      0,      0x0178, 0x00A0, 0x00A1, 0x00A2, 0x00A3,
    0x00A4, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x00BA, 0x00BB,
    0x00BC, 0x00BD, 0x00BE, 0x00BF, 0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
    0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD, 0x00CE, 0x00CF, 0x0110, 0x00D1, 0x0309, 0x00D3,
    0x00D4, 0x01A0, 0x00D6, 0x00D7, 0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF,
    0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB,
    0x0301, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4, 0x01A1, 0x00F6, 0x00F7,
    0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF,
};

void append(std::string& text, std::uint32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

/// Length of the character that begins at `at`; 0 when it is none, -1 when the text ends in it.
std::ptrdiff_t lengthAt(std::string_view text, std::size_t at) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
  const auto left = static_cast<utf8proc_ssize_t>(text.size() - at);
  utf8proc_int32_t point = 0;
  const auto n = utf8proc_iterate(bytes, left, &point);
  if (n > 0) return n;
  const unsigned char lead = bytes[0];
  const utf8proc_ssize_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  const bool continues = std::all_of(bytes + 1, bytes + std::min(left, wanted),
                                     [](unsigned char c) { return (c & 0xC0) == 0x80; });
  return wanted > left && continues && lead < 0xF5 ? -1 : 0;
}

[[noreturn]] void refuse(const std::string& detail) {
  throw BatchError(Cause::registerFormat, detail);
}

}  // namespace

std::string composed(const std::string& text) {
  // Below U+0300, and in the block of Vietnamese letters, every text is composed already.
  bool other = false;
  for (std::size_t i = 0; i < text.size() && !other; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    other = c >= 0xCC && !(c == 0xE1 && next >= 0xB8 && next <= 0xBB);
  }
  if (!other) return text;
  const Handle<utf8proc_uint8_t, std::free> whole(
      utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str())));
  return whole ? reinterpret_cast<const char*>(whole.get()) : text;
}

std::string fromWindows1258(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      const char16_t point = kWindows1258[byte - 0x80u];
      append(out, point == 0 ? 0xFFFD : point);
    }
  }
  return out;
}

std::string TextDecoder::decode(std::string_view piece, bool last) {
  std::string text = std::move(rest_) + std::string(piece);
  rest_.clear();
  if (!begun_) {
    if (text.size() < 4 && !last) {
      rest_ = std::move(text);
      return {};
    }
    begun_ = true;
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
      refuse("the file is UTF-16; save it as \"CSV UTF-8\"");
    }
    // A file with the mark is UTF-8, whatever was asked for.
    if (text.starts_with("\xEF\xBB\xBF")) {
      encoding_ = TextEncoding::utf8;
      text.erase(0, 3);
    }
  }
  if (const auto zero = text.find('\0'); zero != std::string::npos) {
    const auto lines = std::count(text.begin(), text.begin() + static_cast<long>(zero), '\n');
    refuse("line " + std::to_string(line_ + lines) + " holds a zero byte: not a text file");
  }
  if (encoding_ == TextEncoding::utf8) return proveUtf8(std::move(text), last);
  for (std::size_t at = 0; at < text.size(); ++at) {
    line_ += text[at] == '\n' ? 1 : 0;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80 && kWindows1258[byte - 0x80u] == 0) {
      refuse("line " + std::to_string(line_) + " is not Windows-1258");
    }
  }
  return fromWindows1258(text);
}

std::string TextDecoder::proveUtf8(std::string text, bool last) {
  std::size_t lineBegin = 0;
  bool inFirstLine = true;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      if (text[at++] == '\n') {
        ++line_;
        lineBegin = at;
        inFirstLine = false;
      }
      continue;
    }
    const auto n = lengthAt(text, at);
    if (n > 0) {
      at += static_cast<std::size_t>(n);
      continue;
    }
    if (n < 0 && !last) {
      rest_ = text.substr(at);
      text.resize(at);
      break;
    }
    const auto end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string line = (inFirstLine ? lineSoFar_ : "") + text.substr(lineBegin, end - lineBegin);
    refuseLine(line.substr(0, kPreview));
  }
  lineSoFar_ = (inFirstLine ? lineSoFar_ : "") + text.substr(lineBegin);
  if (lineSoFar_.size() > kPreview) lineSoFar_.resize(kPreview);
  return text;
}

void TextDecoder::refuseLine(const std::string& line) const {
  throw EncodingError(line_, composed(fromWindows1258(line)),
                      "line " + std::to_string(line_) +
                          " is not UTF-8; the file may be Windows-1258, TCVN3 or VNI");
}

}  // namespace sohoa
