#include "pdf/util/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/durable.h"
#include "pdf/util/posix_write.h"

namespace sohoa {
namespace {
constexpr std::size_t kBuffer = std::size_t{1} << 20;
}

OutputFile::OutputFile(std::filesystem::path target)
    : Pipeline("output file", nullptr), target_(std::move(target)) {
  std::string name = (target_.parent_path() / ("." + target_.filename().string() + ".XXXXXX"));
  file_ = mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) throwDiskError("cannot open", target_, errno);
  part_ = name;
  fchmod(file_, 0644);  // mkostemp made it for the owner alone
}

OutputFile::~OutputFile() {
  if (file_ >= 0) close(file_);
  if (!published_) unlink(part_.c_str());
}

void OutputFile::write(unsigned char const* data, std::size_t size) {
  buffer_.append(reinterpret_cast<const char*>(data), size);
  if (buffer_.size() >= kBuffer) flush();
}

void OutputFile::flush() {
  writeAll(file_, buffer_, part_);
  buffer_.clear();
}

void OutputFile::publish() {
  flush();
  const int failed = close(file_);
  file_ = -1;
  if (failed != 0) throwDiskError("cannot close", part_, errno);
  syncFile(part_);
  renameDurably(part_, target_);
  published_ = true;
}

}  // namespace sohoa
