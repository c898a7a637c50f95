#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  sohoa::fuzz::verifyAnything({reinterpret_cast<const char*>(data), size});
  return 0;
}
