#include "tests/fuzz/assemble.h"

#include <cstdio>
#include <map>

namespace sohoa::fuzz {
namespace {

constexpr std::string_view kRange = "[0 0000000000 0000000000 0000000000]";

/// "N G obj" at the start of the line; N or -1.
long numberOf(std::string_view line) {
  long number = 0, generation = 0;
  int used = 0;
  const std::string text(line.substr(0, 40));
  if (std::sscanf(text.c_str(), "%7ld %5ld obj%n", &number, &generation, &used) != 2 || used == 0) {
    return -1;
  }
  return number < 0 ? -1 : number;
}

void endRevision(std::string& out, std::size_t begin, const std::map<long, std::size_t>& places,
                 std::string keys, long previous, long& startxref) {
  startxref = static_cast<long>(out.size());
  out += "xref\n";
  for (const auto& [number, place] : places) {
    char row[80];
    std::snprintf(row, sizeof row, "%ld 1\n%010zu 00000 n \n", number, place);
    out += row;
  }
  if (previous > 0) keys += " /Prev " + std::to_string(previous);
  if (keys.find("/Root") == std::string::npos) keys += " /Root 1 0 R /Size 100";
  out += "trailer\n<<" + keys + ">>\nstartxref\n" + std::to_string(startxref) + "\n%%EOF\n";
  const std::size_t range = out.find(kRange, begin);
  if (range == std::string::npos) return;
  const std::size_t open = out.find("/Contents <", range);
  const std::size_t close = open == std::string::npos ? open : out.find('>', open);
  if (close == std::string::npos) return;
  char numbers[80];
  std::snprintf(numbers, sizeof numbers, "[0 %010zu %010zu %010zu]", open + 10, close + 1,
                out.size() - close - 1);
  out.replace(range, kRange.size(), numbers);
}

}  // namespace

std::string assemble(std::string_view text) {
  std::string out = "%PDF-1.7\n", keys;
  std::map<long, std::size_t> places;
  std::size_t begin = 0;
  long startxref = 0;
  bool inTrailer = false;
  const auto finish = [&] {
    endRevision(out, begin, places, keys, startxref, startxref);
    places.clear();
    keys.clear();
    inTrailer = false;
    begin = out.size();
  };
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line == "%rev") {
      finish();
    } else if (line == "trailer") {
      inTrailer = true;
    } else if (inTrailer) {
      keys += std::string(line) + " ";
    } else {
      if (const long number = numberOf(line); number >= 0) places[number] = out.size();
      out += std::string(line) + "\n";
    }
  }
  finish();
  return out;
}

}  // namespace sohoa::fuzz
