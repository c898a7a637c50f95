#include "pdf/util/deflate.h"

#include <zlib.h>

#include <stdexcept>

namespace sohoa {

std::string deflated(std::string_view data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                reinterpret_cast<const Bytef*>(data.data()), data.size(), 9) != Z_OK) {
    throw std::runtime_error("zlib: cannot compress");
  }
  out.resize(size);
  return out;
}

}  // namespace sohoa
