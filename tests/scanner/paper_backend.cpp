// A SANE driver for tests: a scanner whose paper lies in files and outlives the process, as real
// paper does. In the folder $SOHOA_PAPER:
//   feeder   what lies in the feeder, top first; a line a sheet: "<front number> <back number>"
//   tray     what came out, in the order in which it did
//   faults   "<page number> <jam|cover|gone|hang|crash>": happens while that page is read, once
//   pace     milliseconds that a page takes; no file: none
//   ahead    sheets that the feeder pulls in before they are asked for; no file: none
//   pages/<number>.ppm   the picture of a page, for colour scans; no file:
// a page shows its number as twelve stripes, black for 1, the highest bit on the left.
#include <sane/sane.h>
#include <sane/saneopts.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int kStripes = 12;

std::string place(const char* name) {
  const char* folder = std::getenv("SOHOA_PAPER");
  return std::string(folder == nullptr ? "." : folder) + "/" + name;
}

std::vector<std::string> linesOf(const char* name) {
  std::ifstream in(place(name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// In one rename: a driver that is killed leaves the paper before or after, never in between.
void putLines(const char* name, const std::vector<std::string>& lines) {
  const std::string fresh = place(name) + ".new";
  {
    std::ofstream out(fresh);
    for (const std::string& line : lines) out << line << '\n';
  }
  std::rename(fresh.c_str(), place(name).c_str());
}

int numberIn(const char* name) {
  const auto lines = linesOf(name);
  return lines.empty() ? 0 : std::atoi(lines.front().c_str());
}

struct Sheet {
  int sides[2] = {0, 0};
};

enum Option { kCount, kSource, kMode, kResolution, kWidth, kHeight, kOptions };

struct Paper {
  std::string source = "Flatbed", mode = "Color";
  SANE_Word resolution = 200, width = SANE_FIX(40), height = SANE_FIX(30);
  std::deque<Sheet> inside;  ///< pulled in already
  Sheet sheet;
  int side = 1;  ///< of the sheet that was scanned last
  std::string fault;
  std::string rows;
  std::size_t at = 0;
};

Paper paper;
const SANE_String_Const kSources[] = {"Flatbed", "ADF Front", "ADF Duplex", nullptr};
const SANE_String_Const kModes[] = {"Lineart", "Gray", "Color", nullptr};
const SANE_Range kResolutions = {75, 600, 1};
const SANE_Range kLengths = {SANE_FIX(0), SANE_FIX(300), 0};

const SANE_Option_Descriptor* descriptors() {
  static SANE_Option_Descriptor options[kOptions] = {};
  if (options[0].size != 0) return options;
  const auto fill = [](Option which, const char* name, SANE_Value_Type type, SANE_Unit unit,
                       SANE_Int size) {
    options[which].name = options[which].title = options[which].desc = name;
    options[which].type = type;
    options[which].unit = unit;
    options[which].size = size;
    options[which].cap =
        which == kCount ? SANE_CAP_SOFT_DETECT : SANE_CAP_SOFT_DETECT | SANE_CAP_SOFT_SELECT;
  };
  fill(kCount, "", SANE_TYPE_INT, SANE_UNIT_NONE, sizeof(SANE_Word));
  fill(kSource, SANE_NAME_SCAN_SOURCE, SANE_TYPE_STRING, SANE_UNIT_NONE, 32);
  fill(kMode, SANE_NAME_SCAN_MODE, SANE_TYPE_STRING, SANE_UNIT_NONE, 32);
  fill(kResolution, SANE_NAME_SCAN_RESOLUTION, SANE_TYPE_INT, SANE_UNIT_DPI, sizeof(SANE_Word));
  fill(kWidth, SANE_NAME_SCAN_BR_X, SANE_TYPE_FIXED, SANE_UNIT_MM, sizeof(SANE_Word));
  fill(kHeight, SANE_NAME_SCAN_BR_Y, SANE_TYPE_FIXED, SANE_UNIT_MM, sizeof(SANE_Word));
  options[kSource].constraint_type = options[kMode].constraint_type = SANE_CONSTRAINT_STRING_LIST;
  options[kSource].constraint.string_list = kSources;
  options[kMode].constraint.string_list = kModes;
  options[kResolution].constraint_type = options[kWidth].constraint_type =
      options[kHeight].constraint_type = SANE_CONSTRAINT_RANGE;
  options[kResolution].constraint.range = &kResolutions;
  options[kWidth].constraint.range = options[kHeight].constraint.range = &kLengths;
  return options;
}

SANE_Word* wordOf(SANE_Int option) {
  switch (option) {
    case kResolution:
      return &paper.resolution;
    case kWidth:
      return &paper.width;
    case kHeight:
      return &paper.height;
    default:
      return nullptr;
  }
}

SANE_Parameters shape() {
  SANE_Parameters about{};
  const double dots = paper.resolution / 25.4;
  about.pixels_per_line = static_cast<SANE_Int>(SANE_UNFIX(paper.width) * dots);
  about.lines = static_cast<SANE_Int>(SANE_UNFIX(paper.height) * dots);
  about.last_frame = SANE_TRUE;
  about.format = paper.mode == "Color" ? SANE_FRAME_RGB : SANE_FRAME_GRAY;
  about.depth = paper.mode == "Lineart" ? 1 : 8;
  about.bytes_per_line = paper.mode == "Color"     ? 3 * about.pixels_per_line
                         : paper.mode == "Lineart" ? (about.pixels_per_line + 7) / 8
                                                   : about.pixels_per_line;
  return about;
}

/// From the feeder: what is pulled in has left it, whatever becomes of the process.
bool pullIn() {
  auto lines = linesOf("feeder");
  auto tray = linesOf("tray");
  const std::size_t wanted = static_cast<std::size_t>(numberIn("ahead")) + 1;
  while (!lines.empty() && paper.inside.size() < wanted) {
    std::istringstream words(lines.front());
    Sheet sheet;
    words >> sheet.sides[0] >> sheet.sides[1];
    paper.inside.push_back(sheet);
    tray.push_back(lines.front());
    lines.erase(lines.begin());
  }
  putLines("tray", tray);
  putLines("feeder", lines);
  return !paper.inside.empty();
}

std::string faultOf(int page) {
  auto lines = linesOf("faults");
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    std::istringstream words(*line);
    int number = 0;
    std::string what;
    words >> number >> what;
    if (number != page) continue;
    lines.erase(line);
    putLines("faults", lines);
    return what;
  }
  return {};
}

/// A picture (P6) on white paper of the size that is being scanned; empty when there is none.
std::string pictureOf(int page, const SANE_Parameters& about) {
  std::ifstream in(place(("pages/" + std::to_string(page) + ".ppm").c_str()), std::ios::binary);
  std::string magic;
  int width = 0, height = 0, most = 0;
  if (about.format != SANE_FRAME_RGB || !(in >> magic >> width >> height >> most) || magic != "P6")
    return {};
  in.get();
  std::string rows;
  for (int y = 0; y < about.lines; ++y) {
    std::string row(static_cast<std::size_t>(3 * width), '\xff');
    if (y < height) in.read(row.data(), 3 * width);
    row.resize(static_cast<std::size_t>(about.bytes_per_line), '\xff');
    rows += row;
  }
  return rows;
}

std::string draw(int page) {
  const SANE_Parameters about = shape();
  if (std::string picture = pictureOf(page, about); !picture.empty()) return picture;
  std::string row(static_cast<std::size_t>(about.bytes_per_line), '\0');
  for (int x = 0; x < about.pixels_per_line; ++x) {
    const int bit = kStripes - 1 - x * kStripes / about.pixels_per_line;
    const bool black = (page >> bit & 1) != 0;
    const auto at = static_cast<std::size_t>(x);
    if (about.depth == 1 && black) row[at / 8] = static_cast<char>(row[at / 8] | 0x80 >> x % 8);
    if (about.depth == 1) continue;
    const std::size_t samples = about.format == SANE_FRAME_RGB ? 3 : 1;
    for (std::size_t i = 0; i < samples; ++i) row[at * samples + i] = black ? '\0' : '\xff';
  }
  std::string rows;
  for (int y = 0; y < about.lines; ++y) rows += row;
  return rows;
}

SANE_Status statusOf(const std::string& fault) {
  if (fault == "jam") return SANE_STATUS_JAMMED;
  if (fault == "cover") return SANE_STATUS_COVER_OPEN;
  if (fault == "crash") std::abort();
  if (fault == "hang") std::this_thread::sleep_for(std::chrono::hours(1));
  return SANE_STATUS_IO_ERROR;
}

}  // namespace

extern "C" {

SANE_Status sane_paper_init(SANE_Int* version, SANE_Auth_Callback) {
  if (version != nullptr) *version = SANE_VERSION_CODE(1, 0, 0);
  return SANE_STATUS_GOOD;
}

void sane_paper_exit() {}

SANE_Status sane_paper_get_devices(const SANE_Device*** list, SANE_Bool) {
  static const SANE_Device device = {"0", "Sohoa", "Paper", "virtual device"};
  static const SANE_Device* devices[] = {&device, nullptr};
  *list = devices;
  return SANE_STATUS_GOOD;
}

SANE_Status sane_paper_open(SANE_String_Const name, SANE_Handle* handle) {
  if (std::strcmp(name, "0") != 0) return SANE_STATUS_INVAL;
  paper = Paper();
  *handle = &paper;
  return SANE_STATUS_GOOD;
}

void sane_paper_close(SANE_Handle) {}

const SANE_Option_Descriptor* sane_paper_get_option_descriptor(SANE_Handle, SANE_Int option) {
  return option >= 0 && option < kOptions ? &descriptors()[option] : nullptr;
}

SANE_Status sane_paper_control_option(SANE_Handle, SANE_Int option, SANE_Action action, void* value,
                                      SANE_Int* info) {
  if (info != nullptr) *info = 0;
  if (option == kCount && action == SANE_ACTION_GET_VALUE) {
    *static_cast<SANE_Word*>(value) = kOptions;
    return SANE_STATUS_GOOD;
  }
  if (option == kSource || option == kMode) {
    std::string& word = option == kSource ? paper.source : paper.mode;
    if (action == SANE_ACTION_SET_VALUE) word = static_cast<const char*>(value);
    if (action == SANE_ACTION_GET_VALUE) std::strcpy(static_cast<char*>(value), word.c_str());
    return SANE_STATUS_GOOD;
  }
  SANE_Word* word = wordOf(option);
  if (word == nullptr) return SANE_STATUS_INVAL;
  if (action == SANE_ACTION_SET_VALUE) *word = *static_cast<SANE_Word*>(value);
  if (action == SANE_ACTION_GET_VALUE) *static_cast<SANE_Word*>(value) = *word;
  return SANE_STATUS_GOOD;
}

SANE_Status sane_paper_get_parameters(SANE_Handle, SANE_Parameters* about) {
  *about = shape();
  return SANE_STATUS_GOOD;
}

SANE_Status sane_paper_start(SANE_Handle) {
  const bool second = paper.source == "ADF Duplex" && paper.side == 0;
  if (second) {
    paper.side = 1;
  } else {
    if (paper.inside.empty() && !pullIn()) return SANE_STATUS_NO_DOCS;
    paper.sheet = paper.inside.front();
    paper.inside.pop_front();
    paper.side = 0;
  }
  const int page = paper.sheet.sides[paper.side];
  paper.fault = faultOf(page);
  paper.rows = draw(page);
  paper.at = 0;
  return SANE_STATUS_GOOD;
}

SANE_Status sane_paper_read(SANE_Handle, SANE_Byte* data, SANE_Int most, SANE_Int* length) {
  *length = 0;
  if (!paper.fault.empty() && paper.at >= paper.rows.size() / 2) return statusOf(paper.fault);
  if (paper.at == paper.rows.size()) return SANE_STATUS_EOF;
  const std::size_t half = paper.rows.size() / 2 + 1;
  const std::size_t n =
      std::min({static_cast<std::size_t>(most), half, paper.rows.size() - paper.at});
  std::memcpy(data, paper.rows.data() + paper.at, n);
  paper.at += n;
  *length = static_cast<SANE_Int>(n);
  const auto share = numberIn("pace") * static_cast<long>(n) / static_cast<long>(paper.rows.size());
  std::this_thread::sleep_for(std::chrono::milliseconds(share));
  return SANE_STATUS_GOOD;
}

void sane_paper_cancel(SANE_Handle) {
  paper.side = 1;
  paper.inside.clear();
}

SANE_Status sane_paper_set_io_mode(SANE_Handle, SANE_Bool nonBlocking) {
  return nonBlocking ? SANE_STATUS_UNSUPPORTED : SANE_STATUS_GOOD;
}
SANE_Status sane_paper_get_select_fd(SANE_Handle, SANE_Int*) { return SANE_STATUS_UNSUPPORTED; }

}  // extern "C"
