#include "pipeline/scanning/scan_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

#include "core/durable.h"
#include "core/texts/json.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

[[noreturn]] void damaged(const fs::path& file, const std::string& what) {
  throw BatchError(Cause::diskError, file.string() + ": " + what);
}

ScanSides sidesFrom(const std::string& name) {
  for (const ScanSides sides : {ScanSides::one, ScanSides::both, ScanSides::inTurns}) {
    if (nameOf(sides) == name) return sides;
  }
  throw std::out_of_range(name);
}

json toJson(const ScannedFile& file) {
  return {{"name", file.name}, {"bytes", file.bytes}, {"sha512", file.sha512.hex()}};
}

ScannedFile fileFrom(const json& value) {
  return {value.at("name"), value.at("bytes"),
          Sha512::fromHex(value.at("sha512").get<std::string>()).value()};
}

ScanStack stackFrom(const json& line) {
  ScanStack stack;
  line.at("folder").get_to(stack.folder);
  line.at("first_page").get_to(stack.firstPage);
  stack.sides = sidesFrom(line.at("sides"));
  line.at("counted").get_to(stack.counted);
  line.at("device").get_to(stack.device);
  line.at("person").get_to(stack.person);
  stack.settings.source = scanSourceFrom(line.at("source").get<std::string>()).value();
  stack.settings.mode = scanModeFrom(line.at("mode").get<std::string>()).value();
  line.at("dpi").get_to(stack.settings.dpi);
  line.at("width_mm").get_to(stack.settings.size.widthMm);
  line.at("height_mm").get_to(stack.settings.size.heightMm);
  line.at("jpeg_quality").get_to(stack.settings.jpegQuality);
  for (const json& option : line.at("driver"))
    stack.settings.driver.emplace_back(option.at(0), option.at(1));
  return stack;
}

void keep(ScanStack& stack, const json& line) {
  const int sheet = line.at("sheet");
  if (sheet != stack.next()) throw std::out_of_range("sheet");
  if (!stack.turned) stack.sheets.emplace_back();
  auto& sides = stack.sheets.at(static_cast<std::size_t>(sheet - 1)).sides;
  for (const json& side : line.at("files")) sides.push_back(fileFrom(side));
  stack.moved = true;
  stack.trouble.clear();
}

/// Applies one journal line to the batch.
void applyLine(const json& line, ScanBatch& batch) {
  const std::string event = line.at("event");
  if (event == "stack") {
    batch.begun = true;
    return batch.stacks.push_back(stackFrom(line));
  }
  if (event == "closing") batch.state = ScanBatch::State::closing;
  if (event == "closed") batch.state = ScanBatch::State::closed;
  if (event == "closing" || event == "closed") return;
  ScanStack& stack = batch.stacks.at(batch.stacks.size() - 1);
  if (event == "load") {
    stack.moved = true;
    stack.trouble.clear();
  } else if (event == "kept") {
    keep(stack, line);
  } else if (event == "empty") {
    stack.moved = false;
    stack.trouble.clear();
  } else if (event == "trouble") {
    stack.moved = true;
    line.at("cause").get_to(stack.trouble);
  } else if (event == "answer") {
    stack.goBackTo(line.at("sheet"));
    stack.moved = false;
    stack.trouble.clear();
  } else if (event == "counted") {
    line.at("sheets").get_to(stack.counted);
  } else if (event == "turned") {
    stack.turned = true;
  } else if (event == "complete") {
    stack.complete = true;
    if (line.at("closing").get<bool>()) batch.state = ScanBatch::State::closing;
  } else if (event == "dropped") {
    batch.stacks.pop_back();
  }
}

struct Replayed {
  ScanBatch batch;
  std::size_t length = 0;  ///< bytes up to the end of the last complete line
  int lines = 0;
};

Replayed replay(const fs::path& file, const std::string& text) try {
  Replayed sum;
  for (std::size_t end; (end = text.find('\n', sum.length)) != std::string::npos;
       sum.length = end + 1) {
    applyLine(parseJson(std::string_view(text).substr(sum.length, end - sum.length)), sum.batch);
    ++sum.lines;
  }
  return sum;
} catch (const json::exception& error) {
  damaged(file, error.what());
} catch (const std::out_of_range& error) {
  damaged(file, error.what());
} catch (const std::bad_optional_access& error) {
  damaged(file, error.what());
}

}  // namespace

ScanJournal::ScanJournal(fs::path file) : file_(std::move(file)) {
  createFoldersDurably(file_.parent_path());
  const bool fresh = !fs::exists(file_);
  fd_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd_ < 0) damaged(file_, std::generic_category().message(errno));
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd_);
    throw BatchError(Cause::scanBusy, file_.stem().string());
  }
  try {
    if (fresh) syncFolder(file_.parent_path());
    Replayed sum = replay(file_, readFile(file_));
    if (::ftruncate(fd_, static_cast<off_t>(sum.length)) != 0) damaged(file_, "truncate");
    batch_ = std::move(sum.batch);
    lines_ = sum.lines;
  } catch (...) {
    ::close(fd_);
    throw;
  }
}

ScanJournal::~ScanJournal() { ::close(fd_); }

void ScanJournal::append(const std::string& line) {
  const auto fail = [&](int error) {
    throw BatchError(
        error == ENOSPC || error == EDQUOT || error == EFBIG ? Cause::diskFull : Cause::diskError,
        file_.string() + ": " + std::generic_category().message(error));
  };
  const off_t before = ::lseek(fd_, 0, SEEK_END);
  const std::string whole = line + "\n";
  std::size_t done = 0;
  while (done < whole.size()) {
    const ssize_t n = ::write(fd_, whole.data() + done, whole.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int error = errno;
      (void)!::ftruncate(fd_, before);  // the next append must not follow half a line
      fail(error);
    }
    done += static_cast<std::size_t>(n);
  }
  if (::fdatasync(fd_) != 0) fail(errno);
  applyLine(parseJson(line), batch_);
  ++lines_;
}

void ScanJournal::beginStack(const ScanStack& stack, const std::string& at) {
  json driver = json::array();
  for (const auto& [name, value] : stack.settings.driver) driver.push_back({name, value});
  append(jsonText(json{{"event", "stack"},
                       {"folder", stack.folder},
                       {"first_page", stack.firstPage},
                       {"sides", nameOf(stack.sides)},
                       {"counted", stack.counted},
                       {"device", stack.device},
                       {"person", stack.person},
                       {"source", nameOf(stack.settings.source)},
                       {"mode", nameOf(stack.settings.mode)},
                       {"dpi", stack.settings.dpi},
                       {"width_mm", stack.settings.size.widthMm},
                       {"height_mm", stack.settings.size.heightMm},
                       {"jpeg_quality", stack.settings.jpegQuality},
                       {"driver", std::move(driver)},
                       {"at", at}}));
}

void ScanJournal::load() { append(jsonText(json{{"event", "load"}})); }

void ScanJournal::kept(int sheet, const std::vector<ScannedFile>& sides, const std::string& at) {
  json files = json::array();
  for (const ScannedFile& side : sides) files.push_back(toJson(side));
  append(
      jsonText(json{{"event", "kept"}, {"sheet", sheet}, {"files", std::move(files)}, {"at", at}}));
}

void ScanJournal::empty() { append(jsonText(json{{"event", "empty"}})); }

void ScanJournal::trouble(const std::string& causeCode) {
  append(jsonText(json{{"event", "trouble"}, {"cause", causeCode}}));
}

void ScanJournal::answered(int sheet, const std::string& person, const std::string& at) {
  append(jsonText(json{{"event", "answer"}, {"sheet", sheet}, {"person", person}, {"at", at}}));
}

void ScanJournal::counted(int sheets, const std::string& person) {
  append(jsonText(json{{"event", "counted"}, {"sheets", sheets}, {"person", person}}));
}

void ScanJournal::turned() { append(jsonText(json{{"event", "turned"}})); }
void ScanJournal::completed(bool closing) {
  append(jsonText(json{{"event", "complete"}, {"closing", closing}}));
}

void ScanJournal::dropped(const std::string& person, const std::string& at) {
  append(jsonText(json{{"event", "dropped"}, {"person", person}, {"at", at}}));
}

void ScanJournal::state(ScanBatch::State state, const std::string& person, const std::string& at) {
  append(jsonText(json{{"event", state == ScanBatch::State::closing ? "closing" : "closed"},
                       {"person", person},
                       {"at", at}}));
}

ScanBatch ScanJournal::read(const fs::path& file) {
  if (!fs::exists(file)) return {};
  return replay(file, readFile(file)).batch;
}

}  // namespace sohoa
