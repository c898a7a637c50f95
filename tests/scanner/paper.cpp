#include "tests/scanner/paper.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace sohoa::test {

void nameDriver(const std::filesystem::path& folder, const std::string& driver) {
  spill(folder / "dll.conf", driver + "\n");
  std::filesystem::create_directories(folder / "dll.d");
}

Paper::Paper(int sheets) : sheets_(sheets) {
  nameDriver(folder_.path(), "paper");
  putOnTop(1);
}

std::map<std::string, std::string> Paper::environment() const {
  return {{"SANE_CONFIG_DIR", folder_.path()},
          {"LD_LIBRARY_PATH", SOHOA_DRIVERS},
          {"SOHOA_PAPER", folder_.path()}};
}

void Paper::putIn(const std::vector<std::pair<int, int>>& sheets) const {
  std::string lines;
  for (const auto& [front, back] : sheets)
    lines += std::to_string(front) + " " + std::to_string(back) + "\n";
  spill(folder_ / "tray", "");
  spill(folder_ / "feeder", lines);
}

void Paper::putOnTop(int sheet, bool turned) const {
  std::vector<std::pair<int, int>> stack;
  if (turned) {
    for (int n = sheet; n >= 1; --n) stack.emplace_back(1000 + n, n);
  } else {
    for (int n = sheet; n <= sheets_; ++n) stack.emplace_back(n, 1000 + n);
  }
  putIn(stack);
}

void Paper::failAt(int number, const std::string& what) const {
  std::ofstream(folder_ / "faults", std::ios::app) << number << ' ' << what << '\n';
}

void Paper::setPace(int millisecondsPerPage) const {
  spill(folder_ / "pace", std::to_string(millisecondsPerPage) + "\n");
}
void Paper::setAhead(int sheets) const { spill(folder_ / "ahead", std::to_string(sheets) + "\n"); }

int Paper::inFeeder() const {
  const std::string lines = slurp(folder_ / "feeder");
  return static_cast<int>(std::count(lines.begin(), lines.end(), '\n'));
}

void Paper::show(int number, const std::string& jpeg) const {
  PIX* read = pixReadMem(reinterpret_cast<const l_uint8*>(jpeg.data()), jpeg.size());
  PIX* colour = pixConvertTo32(read);
  const int width = pixGetWidth(colour), height = pixGetHeight(colour);
  std::string ppm = "P6\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n";
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      l_int32 red = 0, green = 0, blue = 0;
      pixGetRGBPixel(colour, x, y, &red, &green, &blue);
      for (const l_int32 sample : {red, green, blue}) ppm += static_cast<char>(sample);
    }
  }
  std::filesystem::create_directories(folder_ / "pages");
  spill(folder_ / "pages" / (std::to_string(number) + ".ppm"), ppm);
  pixDestroy(&colour);
  pixDestroy(&read);
}

int Paper::numberOn(const std::filesystem::path& page) {
  PIX* read = pixRead(page.c_str());
  if (read == nullptr) return -1;
  PIX* grey = pixConvertTo8(read, 0);
  constexpr int kStripes = 12;
  const int width = pixGetWidth(grey), height = pixGetHeight(grey);
  int number = 0;
  for (int stripe = 0; stripe < kStripes; ++stripe) {
    l_uint32 value = 0;
    pixGetPixel(grey, (2 * stripe + 1) * width / (2 * kStripes), height / 2, &value);
    number = 2 * number + (value < 128 ? 1 : 0);
  }
  pixDestroy(&grey);
  pixDestroy(&read);
  return number;
}

}  // namespace sohoa::test
