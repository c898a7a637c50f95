// The engine's threads are limited by OMP_THREAD_LIMIT from before exec only (ocr/README.md), so
// this test program starts itself again when it was started without.

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

const bool kLimited = [] {
  if (std::getenv("OMP_THREAD_LIMIT") != nullptr) return true;
  setenv("OMP_THREAD_LIMIT", "1", 1);
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  std::string line((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::vector<char*> arguments;
  for (std::size_t i = 0; i < line.size(); i += std::string(line.c_str() + i).size() + 1) {
    arguments.push_back(line.data() + i);
  }
  arguments.push_back(nullptr);
  execv("/proc/self/exe", arguments.data());
  return false;
}();

}  // namespace
