#include "pdf/images/tiff_jpeg.h"

#include <algorithm>
#include <optional>

#include "pdf/images/jpeg_file.h"
#include "pdf/util/bytes.h"

namespace sohoa {
namespace {

// A strip's JPEG taken apart; segments without their markers, tables with.
struct Pieces {
  std::string tables, frame, scan, data;
  unsigned frameMarker = 0;
};

std::optional<Pieces> takeApart(std::string_view bytes) {
  Pieces pieces;
  if (bytes.size() < 4 || be16(bytes, 0) != 0xFFD8) return {};
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (byteAt(bytes, at) != 0xFF) return {};
    const unsigned marker = byteAt(bytes, at + 1);
    const std::size_t length = be16(bytes, at + 2);
    if (length < 2 || at + 2 + length > bytes.size()) return {};
    const std::string_view body = bytes.substr(at + 4, length - 2);
    if (marker == 0xDB || marker == 0xC4) {
      pieces.tables += bytes.substr(at, 2 + length);
    } else if (marker == 0xC0 || marker == 0xC1) {
      pieces.frame = body;
      pieces.frameMarker = marker;
    } else if (marker == 0xDA) {
      pieces.scan = body;
      const std::size_t start = at + 2 + length, end = endOfJpegScan(bytes, start);
      if (end == std::string_view::npos || byteAt(bytes, end + 1) != 0xD9) return {};
      pieces.data = bytes.substr(start, end - start);
      return pieces.frame.size() >= 9 ? std::optional(pieces) : std::nullopt;
    } else if (marker < 0xE0) {
      return {};  // another coding, or restart intervals of its own
    }
    at += 2 + length;
  }
  return pieces;  // tables alone
}

void putSegment(std::string& out, unsigned marker, std::string_view body) {
  putBe16(out, 0xFF00 | marker);
  putBe16(out, static_cast<std::uint32_t>(body.size() + 2));
  out += body;
}

// MCUs from one strip to the next, or nothing when a strip does not end with a row of MCUs.
std::optional<std::uint32_t> interval(const Pieces& first, std::uint32_t rows) {
  const std::size_t components = byteAt(first.frame, 5);
  if (first.frame.size() != 6 + 3 * components) return {};
  std::uint32_t across = 1, down = 1;
  for (std::size_t i = 0; i < components && components > 1; ++i) {
    across = std::max(across, byteAt(first.frame, 7 + 3 * i) >> 4);
    down = std::max(down, byteAt(first.frame, 7 + 3 * i) & 15);
  }
  const std::uint32_t width = be16(first.frame, 3);
  const std::uint32_t count = (width + 8 * across - 1) / (8 * across) * (rows / (8 * down));
  if (rows % (8 * down) != 0 || count == 0 || count > 0xFFFF) return {};
  return count;
}

std::optional<Pieces> readStrip(TIFF* from, std::uint32_t index) {
  std::string strip(TIFFGetStrileByteCount(from, index), '\0');
  const auto size = static_cast<tmsize_t>(strip.size());
  if (TIFFReadRawStrip(from, index, strip.data(), size) != size) return {};
  return takeApart(strip);
}

bool sameCoding(const Pieces& a, const Pieces& b) {
  // The frames differ in their height only.
  return a.tables == b.tables && a.scan == b.scan && a.frameMarker == b.frameMarker &&
         a.frame.substr(3) == b.frame.substr(3);
}

}  // namespace

std::string joinJpegStrips(TIFF* from) {
  std::uint16_t compression = 0, photometric = 0;
  std::uint32_t width = 0, height = 0, rows = 0, tablesSize = 0;
  void* tables = nullptr;
  TIFFGetField(from, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField(from, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetField(from, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(from, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted(from, TIFFTAG_ROWSPERSTRIP, &rows);
  const std::uint32_t strips = TIFFNumberOfStrips(from);
  const bool known = photometric == PHOTOMETRIC_YCBCR || photometric == PHOTOMETRIC_RGB ||
                     photometric == PHOTOMETRIC_MINISBLACK;
  if (compression != COMPRESSION_JPEG || TIFFIsTiled(from) != 0 || !known) return {};
  std::optional<Pieces> shared = Pieces{};
  if (TIFFGetField(from, TIFFTAG_JPEGTABLES, &tablesSize, &tables) != 0) {
    shared = takeApart({static_cast<const char*>(tables), tablesSize});
  }
  const auto first = readStrip(from, 0);
  if (!shared || !first || first->data.empty() || be16(first->frame, 3) != width) return {};
  const std::size_t components = byteAt(first->frame, 5);
  if (components != (photometric == PHOTOMETRIC_MINISBLACK ? 1U : 3U)) return {};
  if (strips != (height + std::min(rows, height) - 1) / std::min(rows, height)) return {};

  std::string out = "\xFF\xD8";
  if (components == 3) {
    // Adobe's marker settles for every reader whether the components are YCbCr.
    std::string adobe("Adobe\0\x64\0\0\0\0", 11);
    adobe += photometric == PHOTOMETRIC_YCBCR ? '\1' : '\0';
    putSegment(out, 0xEE, adobe);
  }
  out += shared->tables + first->tables;
  std::string frame = first->frame.substr(0, 1);
  putBe16(frame, height);
  putSegment(out, first->frameMarker, frame + first->frame.substr(3));
  if (strips > 1) {
    const auto count = interval(*first, rows);
    if (!count) return {};
    std::string restart;
    putBe16(restart, *count);
    putSegment(out, 0xDD, restart);
  }
  putSegment(out, 0xDA, first->scan);
  out += first->data;
  for (std::uint32_t i = 1; i < strips; ++i) {
    const auto strip = readStrip(from, i);
    if (!strip || strip->data.empty() || !sameCoding(*first, *strip)) return {};
    putBe16(out, 0xFFD0 + (i - 1) % 8);
    out += strip->data;
  }
  return out + "\xFF\xD9";
}

}  // namespace sohoa
