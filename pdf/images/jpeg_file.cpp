#include "pdf/images/jpeg_file.h"

#include <algorithm>
#include <optional>

#include "pdf/images/bad_input.h"
#include "pdf/util/bytes.h"

namespace sohoa {
namespace {

enum Marker : unsigned {
  kSof0 = 0xC0,
  kSof1 = 0xC1,
  kSof2 = 0xC2,
  kDht = 0xC4,
  kSof9 = 0xC9,
  kSof10 = 0xCA,
  kJpg = 0xC8,
  kDac = 0xCC,
  kSof15 = 0xCF,
  kRst0 = 0xD0,
  kRst7 = 0xD7,
  kSoi = 0xD8,
  kEoi = 0xD9,
  kSos = 0xDA,
  kApp0 = 0xE0,
  kApp1 = 0xE1,
  kApp14 = 0xEE,
  kTem = 0x01,
};

constexpr int kMaxScans = 500;

bool isFrame(unsigned marker) {
  return marker >= kSof0 && marker <= kSof15 && marker != kDht && marker != kJpg && marker != kDac;
}

// Resolution of an EXIF block (TIFF structure, first directory only).
std::optional<Density> exifDensity(std::string_view tiff) {
  if (tiff.size() < 8) return {};
  const bool little = tiff.substr(0, 2) == "II";
  if (!little && tiff.substr(0, 2) != "MM") return {};
  const auto u16 = [&](std::size_t at) { return little ? le16(tiff, at) : be16(tiff, at); };
  const auto u32 = [&](std::size_t at) { return little ? le32(tiff, at) : be32(tiff, at); };
  const std::size_t ifd = u32(4);
  if (ifd + 2 > tiff.size()) return {};
  const std::size_t count = u16(ifd);
  double x = 0, y = 0, unit = 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = ifd + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return {};
    const unsigned tag = u16(entry);
    if (tag == 0x011A || tag == 0x011B) {
      const std::size_t at = u32(entry + 8);
      if (at + 8 > tiff.size() || u32(at + 4) == 0) continue;
      (tag == 0x011A ? x : y) = static_cast<double>(u32(at)) / u32(at + 4);
    } else if (tag == 0x0128) {
      unit = u16(entry + 8) == 3 ? 2.54 : 1;
    }
  }
  if (x <= 0 || y <= 0) return {};
  return Density{x * unit, y * unit};
}

struct Walk {
  JpegHeader header;
  std::optional<Density> jfif, exif;
  std::optional<unsigned> adobe;
  unsigned frame = 0;
  bool rgbNames = false;
  std::size_t scanBytes = 0;
  int scans = 0;
  int widestComponent = 1, tallestComponent = 1;
};

std::optional<ItemError> readFrame(Walk& walk, unsigned marker, std::string_view body) {
  if (body.size() < 6) return badInput(Cause::fileTruncated, "JPEG: frame header cut off");
  if (walk.frame != 0) return badInput(Cause::imageUnsupported, "JPEG: more than one frame");
  JpegHeader& header = walk.header;
  walk.frame = marker;
  header.height = static_cast<int>(be16(body, 1));
  header.width = static_cast<int>(be16(body, 3));
  header.components = static_cast<int>(byteAt(body, 5));
  const bool decodable =
      marker == kSof0 || marker == kSof1 || marker == kSof2 || marker == kSof9 || marker == kSof10;
  if (!decodable) return badInput(Cause::imageUnsupported, "JPEG: lossless or hierarchical coding");
  if (byteAt(body, 0) != 8) {
    return badInput(Cause::imageUnsupported,
                    "JPEG: " + std::to_string(byteAt(body, 0)) + " bits per sample");
  }
  if (header.components != 1 && header.components != 3 && header.components != 4) {
    return badInput(Cause::imageUnsupported,
                    "JPEG: " + std::to_string(header.components) + " components");
  }
  if (header.width == 0 || header.height == 0) {
    return badInput(Cause::imageUnsupported, "JPEG: no height in the frame header");
  }
  if (body.size() < 6 + 3 * static_cast<std::size_t>(header.components)) {
    return badInput(Cause::fileTruncated, "JPEG: frame header cut off");
  }
  walk.rgbNames = header.components == 3 && byteAt(body, 6) == 'R' && byteAt(body, 9) == 'G' &&
                  byteAt(body, 12) == 'B';
  return {};
}

void readApplication(Walk& walk, unsigned marker, std::string_view body) {
  if (marker == kApp0 && body.size() >= 12 && body.substr(0, 5) == std::string_view("JFIF\0", 5)) {
    const double unit = byteAt(body, 7) == 1 ? 1 : byteAt(body, 7) == 2 ? 2.54 : 0;
    walk.jfif = Density{unit * be16(body, 8), unit * be16(body, 10)};
  } else if (marker == kApp1 && body.substr(0, 6) == std::string_view("Exif\0\0", 6)) {
    if (!walk.exif) walk.exif = exifDensity(body.substr(6));
  } else if (marker == kApp14 && body.size() >= 12 && body.substr(0, 5) == "Adobe") {
    walk.adobe = byteAt(body, 11);
  }
}

}  // namespace

std::size_t endOfJpegScan(std::string_view bytes, std::size_t at) {
  while (true) {
    at = bytes.find('\xFF', at);
    if (at == std::string_view::npos || at + 1 >= bytes.size()) return std::string_view::npos;
    const unsigned next = byteAt(bytes, at + 1);
    if (next == 0xFF) {
      ++at;  // fill byte
    } else if (next == 0 || (next >= kRst0 && next <= kRst7)) {
      at += 2;
    } else {
      return at;
    }
  }
}

Result<JpegHeader> readJpegHeader(std::string_view bytes) {
  const ItemError cut = badInput(Cause::fileTruncated, "JPEG: the file ends before its end marker");
  if (bytes.size() < 4 || be16(bytes, 0) != (0xFF00 | kSoi)) return cut;
  Walk walk;
  std::size_t at = 2;
  bool ended = false;
  while (!ended) {
    at = bytes.find('\xFF', at);
    if (at == std::string_view::npos) return cut;
    while (at < bytes.size() && byteAt(bytes, at) == 0xFF) ++at;
    if (at >= bytes.size()) return cut;
    const unsigned marker = byteAt(bytes, at++);
    if (marker == kEoi) {
      ended = true;
      continue;
    }
    if (marker == 0 || marker == kTem || marker == kSoi || (marker >= kRst0 && marker <= kRst7)) {
      continue;
    }
    if (at + 2 > bytes.size()) return cut;
    const std::size_t length = be16(bytes, at);
    if (length < 2 || at + length > bytes.size()) return cut;
    const std::string_view body = bytes.substr(at + 2, length - 2);
    at += length;
    if (isFrame(marker)) {
      if (auto error = readFrame(walk, marker, body)) return *error;
    } else if (marker == kSos) {
      if (walk.frame == 0) return badInput(Cause::fileTruncated, "JPEG: scan without a frame");
      const std::size_t end = endOfJpegScan(bytes, at);
      if (end == std::string_view::npos) return cut;
      walk.scanBytes += end - at;
      // Each scan of a progressive JPEG goes over the whole picture again.
      if (++walk.scans > kMaxScans)
        return badInput(Cause::imageUnsupported, "JPEG: too many scans");
      at = end;
    } else {
      readApplication(walk, marker, body);
    }
  }
  JpegHeader& header = walk.header;
  if (walk.frame == 0 || walk.scanBytes == 0) {
    return badInput(Cause::fileTruncated, "JPEG: no picture before the end marker");
  }
  // Every 8x8 block of a sequential Huffman scan takes at least a one-bit DC code and a one-bit
  // end-of-block: less data than two bits a block cannot be the whole picture.
  const std::size_t blocks = static_cast<std::size_t>((header.width + 7) / 8) *
                             static_cast<std::size_t>((header.height + 7) / 8);
  if ((walk.frame == kSof0 || walk.frame == kSof1) && walk.scanBytes < blocks / 4) {
    return badInput(Cause::fileTruncated, "JPEG: less data than the picture needs");
  }
  if (walk.jfif) header.densities.push_back(*walk.jfif);
  if (walk.exif) header.densities.push_back(*walk.exif);
  header.saysTransform = walk.adobe || walk.jfif;
  header.storedAsRgb =
      header.components == 3 && (walk.adobe ? *walk.adobe == 0 : !walk.jfif && walk.rgbNames);
  const bool huffman = walk.frame == kSof0 || walk.frame == kSof1 || walk.frame == kSof2;
  header.passesIntoPdf = huffman && header.components != 4;
  return header;
}

}  // namespace sohoa
