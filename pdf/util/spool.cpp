#include "pdf/util/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include "pdf/util/posix_write.h"

namespace sohoa {

Spool::Spool(const std::filesystem::path& folder) {
  // A name that is removed at once: O_TMPFILE is not to be had on every file system.
  std::string name = (folder / ".sohoa-spool-XXXXXX").string();
  file_ = mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) throwDiskError("cannot open", folder, errno);
  unlink(name.c_str());
}

Spool::~Spool() { close(file_); }

Spool::Slice Spool::add(std::string_view bytes) {
  writeAll(file_, bytes, "temporary file");
  const Slice slice{size_, bytes.size()};
  size_ += bytes.size();
  return slice;
}

std::string Spool::read(Slice slice) const {
  std::string bytes(slice.size, '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = pread(file_, bytes.data() + done, bytes.size() - done,
                              static_cast<off_t>(slice.offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throwDiskError("cannot read", "temporary file", errno);
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace sohoa
