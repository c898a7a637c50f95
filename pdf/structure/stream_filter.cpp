#include "pdf/structure/stream_filter.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "pdf/structure/syntax.h"

namespace sohoa {

std::string inflateBytes(std::string_view data, std::size_t limit) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) throw std::bad_alloc();
  std::string out;
  char buffer[1 << 15];
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(data.size(), 0xffffffff));
  int status = Z_OK;
  while (status == Z_OK && out.size() <= limit) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer, sizeof buffer - stream.avail_out);
  }
  inflateEnd(&stream);
  if (out.size() > limit) throw PdfSyntaxError("compressed data too big when expanded", 0);
  if (status != Z_STREAM_END) throw PdfSyntaxError("damaged compressed data", 0);
  return out;
}

std::string undoPngPredictor(std::string_view data, std::size_t rowBytes, std::size_t pixelBytes) {
  if (rowBytes == 0 || data.size() % (rowBytes + 1) != 0) {
    throw PdfSyntaxError("predictor rows do not fit the data", 0);
  }
  std::string out;
  out.reserve(data.size());
  std::string above(rowBytes, '\0'), row(rowBytes, '\0');
  for (std::size_t at = 0; at < data.size(); at += rowBytes + 1) {
    const int tag = static_cast<unsigned char>(data[at]);
    if (tag > 4) throw PdfSyntaxError("unknown predictor", 0);
    for (std::size_t i = 0; i < rowBytes; ++i) {
      const int raw = static_cast<unsigned char>(data[at + 1 + i]);
      const int left = i >= pixelBytes ? static_cast<unsigned char>(row[i - pixelBytes]) : 0;
      const int up = static_cast<unsigned char>(above[i]);
      const int corner = i >= pixelBytes ? static_cast<unsigned char>(above[i - pixelBytes]) : 0;
      int predicted = 0;
      if (tag == 1) predicted = left;
      if (tag == 2) predicted = up;
      if (tag == 3) predicted = (left + up) / 2;
      if (tag == 4) {
        const int p = left + up - corner;
        const int pa = std::abs(p - left), pb = std::abs(p - up), pc = std::abs(p - corner);
        predicted = pa <= pb && pa <= pc ? left : pb <= pc ? up : corner;
      }
      row[i] = static_cast<char>(raw + predicted);
    }
    out += row;
    above.swap(row);
  }
  return out;
}

}  // namespace sohoa
