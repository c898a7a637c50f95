#include "storage/register/register_sorter.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>

#include "core/durable.h"
#include "core/result.h"
#include "storage/disk/disk.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using Row = RegisterReader::Row;

bool before(const Row& a, const Row& b) {
  const int order = a.row.dossierCode.compare(b.row.dossierCode);
  return order != 0 ? order < 0 : a.line < b.line;
}

void put(std::ostream& out, std::uint32_t number) {
  out.write(reinterpret_cast<const char*>(&number), sizeof number);
}
void put(std::ostream& out, const std::string& text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
}
void put(std::ostream& out, const std::optional<Day>& day) {
  put(out, day ? static_cast<std::uint32_t>(std::chrono::sys_days{*day}.time_since_epoch().count() +
                                            (1 << 24))
               : 0);
}

void get(std::istream& in, std::uint32_t& number) {
  in.read(reinterpret_cast<char*>(&number), sizeof number);
}
void get(std::istream& in, std::string& text) {
  std::uint32_t size = 0;
  get(in, size);
  text.resize(in ? size : 0);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
}
void get(std::istream& in, std::optional<Day>& day) {
  std::uint32_t days = 0;
  get(in, days);
  day.reset();
  if (days != 0)
    day = Day{std::chrono::sys_days{std::chrono::days{static_cast<int>(days) - (1 << 24)}}};
}

/// The members of a row, in one order for writing and reading.
void forEachMember(auto& row, const auto& visit) {
  visit(row.dossierCode);
  visit(row.procedureCode);
  visit(row.procedureName);
  visit(row.unit);
  visit(row.resolvedOn);
  visit(row.medium);
  visit(row.applicant);
  visit(row.resultNumber);
  visit(row.resultDate);
  visit(row.excludedReason);
}

}  // namespace

/// One sorted work file being read.
class RegisterSorter::Run {
 public:
  explicit Run(const fs::path& file) : file_(file), in_(file, std::ios::binary) { advance(); }
  const std::optional<Row>& head() const { return head_; }
  void advance() {
    Row row;
    std::uint32_t line = 0;
    get(in_, line);
    if (in_.eof()) {
      head_.reset();
      return;
    }
    row.line = static_cast<int>(line);
    std::optional<Day> received;
    get(in_, received);
    row.row.receivedOn = received.value_or(Day{});
    forEachMember(row.row, [&](auto& member) { get(in_, member); });
    if (!in_) throwDiskError("cannot read", file_, EIO);
    head_ = std::move(row);
  }
  Row take() {
    Row row = std::move(*head_);
    advance();
    return row;
  }

 private:
  fs::path file_;
  std::ifstream in_;
  std::optional<Row> head_;
};

RegisterSorter::RegisterSorter(fs::path folder, std::size_t rowsInMemory)
    : folder_(std::move(folder)), most_(rowsInMemory) {}

RegisterSorter::~RegisterSorter() {
  runs_.clear();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void RegisterSorter::sortMemory() { std::sort(memory_.begin(), memory_.end(), before); }

void RegisterSorter::add(Row row) {
  memory_.push_back(std::move(row));
  if (memory_.size() >= most_) spill();
}

void RegisterSorter::spill() {
  if (memory_.empty()) return;
  sortMemory();
  fs::create_directories(folder_);
  const fs::path file = folder_ / std::to_string(runs_.size());
  {
    std::ofstream out(file, std::ios::binary);
    for (const Row& row : memory_) {
      put(out, static_cast<std::uint32_t>(row.line));
      put(out, std::optional<Day>(row.row.receivedOn));
      forEachMember(row.row, [&](const auto& member) { put(out, member); });
    }
    out.close();
    if (!out) throwDiskError("cannot write", file, errno == 0 ? EIO : errno);
  }
  memory_.clear();
  runs_.push_back(std::make_unique<Run>(file));
}

void RegisterSorter::begin() {
  begun_ = true;
  if (runs_.empty()) return sortMemory();
  spill();
  memory_.shrink_to_fit();
  for (const auto& run : runs_) heap_.push_back(run.get());
}

std::optional<Row> RegisterSorter::next() {
  if (!begun_) begin();
  if (runs_.empty()) {
    if (at_ == memory_.size()) return std::nullopt;
    return std::move(memory_[at_++]);
  }
  const auto later = [](const Run* a, const Run* b) { return before(*b->head(), *a->head()); };
  if (at_ == 0) std::make_heap(heap_.begin(), heap_.end(), later);
  ++at_;
  if (heap_.empty()) return std::nullopt;
  std::pop_heap(heap_.begin(), heap_.end(), later);
  Run* first = heap_.back();
  Row row = first->take();
  if (first->head()) {
    std::push_heap(heap_.begin(), heap_.end(), later);
  } else {
    heap_.pop_back();
  }
  return row;
}

}  // namespace sohoa
