#include "pipeline/cli/scan/scan_progress.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "core/texts/json.h"

namespace sohoa::cli {
namespace {

using Steady = std::chrono::steady_clock;

class Lines final : public ScanProgress {
 public:
  explicit Lines(Language language) : language_(language) {}
  void kept(const ScanStack& stack, int sheet, const std::vector<ScannedFile>& sides) override {
    for (const ScannedFile& side : sides) {
      fmt::print("{}\n", say(language_, "page         {}/{}  sheet {}, {} kB", stack.folder,
                             side.name, sheet, (side.bytes + 999) / 1000));
    }
    std::fflush(stdout);
  }

 private:
  Language language_;
};

class JsonLines final : public ScanProgress {
 public:
  void kept(const ScanStack& stack, int sheet, const std::vector<ScannedFile>& sides) override {
    for (const ScannedFile& side : sides) {
      const nlohmann::json line = {{"event", "page"},     {"folder", stack.folder},
                                   {"file", side.name},   {"sheet", sheet},
                                   {"bytes", side.bytes}, {"sha512", side.sha512.hex()}};
      fmt::print("{}\n", jsonText(line));
    }
    std::fflush(stdout);
  }
};

class Bar final : public ScanProgress {
 public:
  explicit Bar(Language language) : language_(language) {}
  ~Bar() override { clear(); }
  void kept(const ScanStack& stack, int sheet, const std::vector<ScannedFile>& sides) override {
    pages_ += static_cast<int>(sides.size());
    const double minutes =
        std::chrono::duration<double, std::ratio<60>>(Steady::now() - start_).count();
    const int all = stack.turned ? static_cast<int>(stack.sheets.size()) : stack.counted;
    const int done = stack.turned ? stack.backs() : sheet;
    std::string bar;
    if (all > 0) {
      constexpr int kWidth = 30;
      const int full = std::min(kWidth, kWidth * done / all);
      bar = fmt::format("[{:#<{}}{:.<{}}] {}/{}", "", full, "", kWidth - full, done, all);
    } else {
      bar = std::to_string(done);
    }
    fmt::print("\r\033[K{}", say(language_, "{} sheets  {}/{}  {:.0f} pages/min", bar, stack.folder,
                                 sides.back().name, minutes > 0 ? pages_ / minutes : 0.0));
    std::fflush(stdout);
    drawn_ = true;
  }
  void clear() override {
    if (drawn_) fmt::print("\n");
    drawn_ = false;
    std::fflush(stdout);
  }

 private:
  Language language_;
  Steady::time_point start_ = Steady::now();
  int pages_ = 0;
  bool drawn_ = false;
};

}  // namespace

std::unique_ptr<ScanProgress> makeScanProgress(Language language, bool json, bool terminal) {
  if (json) return std::make_unique<JsonLines>();
  if (terminal) return std::make_unique<Bar>(language);
  return std::make_unique<Lines>(language);
}

}  // namespace sohoa::cli
