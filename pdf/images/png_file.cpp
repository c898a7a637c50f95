#include "pdf/images/png_file.h"

#include <zlib.h>

#include "pdf/images/bad_input.h"
#include "pdf/util/bytes.h"

namespace sohoa {
namespace {

bool legalDepth(int colourType, int bits) {
  switch (colourType) {
    case 0:
      return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
    case 3:
      return bits == 1 || bits == 2 || bits == 4 || bits == 8;
    case 2:
    case 4:
    case 6:
      return bits == 8 || bits == 16;
    default:
      return false;
  }
}

bool readHeaderChunk(PngHeader& header, std::string_view body) {
  if (body.size() != 13) return false;
  if (be32(body, 0) > 0x7FFFFFFF || be32(body, 4) > 0x7FFFFFFF) return false;
  header.width = static_cast<int>(be32(body, 0));
  header.height = static_cast<int>(be32(body, 4));
  header.bits = static_cast<int>(byteAt(body, 8));
  header.colourType = static_cast<int>(byteAt(body, 9));
  header.interlaced = byteAt(body, 12) != 0;
  header.transparent = header.colourType == 4 || header.colourType == 6;
  return header.width > 0 && header.height > 0 && legalDepth(header.colourType, header.bits) &&
         byteAt(body, 10) == 0 && byteAt(body, 11) == 0 && byteAt(body, 12) <= 1;
}

}  // namespace

Result<PngHeader> readPngHeader(std::string_view bytes) {
  const ItemError cut = badInput(Cause::fileTruncated, "PNG: the file ends before its IEND chunk");
  if (bytes.substr(0, 8) != kPngMagic) return cut;
  PngHeader header;
  std::size_t at = 8;
  for (bool ended = false; !ended;) {
    if (at + 12 > bytes.size()) return cut;
    const std::size_t length = be32(bytes, at);
    if (length > bytes.size() || at + 12 + length > bytes.size()) return cut;
    const std::string_view type = bytes.substr(at + 4, 4), body = bytes.substr(at + 8, length);
    const auto sum = crc32_z(0, reinterpret_cast<const Bytef*>(type.data()), length + 4);
    if (sum != be32(bytes, at + 8 + length)) {
      return badInput(Cause::fileTruncated, "PNG: wrong checksum of chunk " + std::string(type));
    }
    if (at == 8 && type != "IHDR") return badInput(Cause::fileTruncated, "PNG: no header chunk");
    if (type == "IHDR") {
      if (at != 8 || !readHeaderChunk(header, body)) {
        return badInput(Cause::imageUnsupported, "PNG: header outside ISO 15948");
      }
    } else if (type == "PLTE") {
      header.palette = body;
    } else if (type == "tRNS") {
      header.transparent = true;
    } else if (type == "pHYs" && length == 9 && byteAt(body, 8) == 1) {
      header.densities.push_back({be32(body, 0) * 0.0254, be32(body, 4) * 0.0254});
    } else if (type == "acTL") {
      return badInput(Cause::imageUnsupported, "PNG: animated");
    } else if (type == "IDAT") {
      header.data.push_back(body);
    } else if (type == "IEND") {
      ended = true;
    }
    at += 12 + length;
  }
  if (header.data.empty()) return badInput(Cause::fileTruncated, "PNG: no image data");
  if (header.colourType == 3 &&
      (header.palette.empty() || header.palette.size() % 3 != 0 || header.palette.size() > 768)) {
    return badInput(Cause::imageUnsupported, "PNG: no usable palette");
  }
  return header;
}

}  // namespace sohoa
