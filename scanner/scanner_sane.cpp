#include <sane/saneopts.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "scanner/page_encoder.h"
#include "scanner/sane_library.h"
#include "scanner/sane_options.h"
#include "scanner/scanner.h"

namespace sohoa {
namespace {

using Steady = std::chrono::steady_clock;

/// An open device. Shared with the thread that talks to it, so that a driver which never returns
/// keeps what it stands on.
struct Device {
  SaneLibrary* sane = nullptr;
  std::string name;
  SANE_Handle handle = nullptr;
  std::atomic<Steady::rep> lastSign{0};  ///< when it last gave something back
  double xDpi = 0, yDpi = 0;
  int jpegQuality = 92;

  void sign() { lastSign = Steady::now().time_since_epoch().count(); }
  Steady::time_point signedAt() const {
    return Steady::time_point(Steady::duration(lastSign.load()));
  }
};

/// Runs `work` beside; an error when the device gives no sign for so long. The thread is then left
/// behind: there is no way to end a driver's call.
template <class T>
Result<T> watched(const std::shared_ptr<Device>& device, std::chrono::seconds patience, bool& stuck,
                  std::function<Result<T>()> work) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable done;
    std::optional<Result<T>> result;
  };
  const auto shared = std::make_shared<Shared>();
  device->sign();
  std::thread([shared, work = std::move(work)] {
    Result<T> result = work();
    const std::lock_guard guard(shared->mutex);
    shared->result.emplace(std::move(result));
    shared->done.notify_all();
  }).detach();
  std::unique_lock guard(shared->mutex);
  while (!shared->result) {
    shared->done.wait_until(guard, device->signedAt() + patience);
    if (!shared->result && Steady::now() - device->signedAt() >= patience) {
      stuck = true;
      device->sane->abandon();
      return ItemError{Stage::intake, Cause::scanDeviceGone, device->name, "timeout"};
    }
  }
  return std::move(*shared->result);
}

/// One frame's rows, as read, until the driver says that it is over.
Result<std::string> readFrame(Device& device, std::size_t expected) {
  std::string bytes;
  bytes.reserve(expected);
  std::string buffer(1 << 18, '\0');
  for (;;) {
    SANE_Int length = 0;
    const SANE_Status status =
        device.sane->read(device.handle, reinterpret_cast<SANE_Byte*>(buffer.data()),
                          static_cast<SANE_Int>(buffer.size()), &length);
    device.sign();
    if (status == SANE_STATUS_EOF) return bytes;
    if (status != SANE_STATUS_GOOD) return troubleOf(*device.sane, status, device.name);
    bytes.append(buffer, 0, static_cast<std::size_t>(length));
  }
}

ItemError gone(const Device& device, const std::string& detail) {
  return {Stage::intake, Cause::scanDeviceGone, device.name, detail};
}

/// Rows as the driver pads them, put into the side; `channel` of three for separate frames.
Result<void> putFrame(const Device& device, const SANE_Parameters& about, const std::string& bytes,
                      int channel, RawSide& side) {
  const auto stride = static_cast<std::size_t>(about.bytes_per_line);
  const int samples = about.format == SANE_FRAME_RGB ? 3 : 1;
  const bool apart = channel >= 0;
  if (about.depth != 1 && about.depth != 8 && about.depth != 16)
    return gone(device, "sample depth");
  const std::size_t width = static_cast<std::size_t>(about.pixels_per_line);
  const std::size_t row =
      about.depth == 1 ? (width + 7) / 8 : width * static_cast<std::size_t>(samples);
  if (stride == 0 || stride < row * (about.depth == 16 ? 2 : 1) ||
      (about.depth == 1 && samples + apart > 1)) {
    return gone(device, "row length");
  }
  const std::size_t rows = bytes.size() / stride;
  if (rows == 0 || (about.lines > 0 && rows < static_cast<std::size_t>(about.lines))) {
    return gone(device, "the picture ends early");
  }
  side.width = about.pixels_per_line;
  side.height = static_cast<int>(rows);
  side.bits = about.depth == 1 ? 1 : 8;
  side.channels = apart ? 3 : samples;
  side.samples.resize(side.rowBytes() * rows);
  // 16 bits come in the machine's byte order; the high byte is what a page needs.
  const std::size_t step = about.depth == 16 ? 2 : 1, high = about.depth == 16 ? 1 : 0;
  for (std::size_t y = 0; y < rows; ++y) {
    const char* from = bytes.data() + y * stride;
    char* to = side.samples.data() + y * side.rowBytes();
    for (std::size_t x = 0; x < row; ++x) {
      to[apart ? 3 * x + static_cast<std::size_t>(channel) : x] = from[x * step + high];
    }
  }
  return {};
}

int channelOf(SANE_Frame format) {
  switch (format) {
    case SANE_FRAME_RED:
      return 0;
    case SANE_FRAME_GREEN:
      return 1;
    case SANE_FRAME_BLUE:
      return 2;
    default:
      return -1;
  }
}

Result<PageImage> acquire(Device& device) {
  RawSide side;
  side.xDpi = device.xDpi, side.yDpi = device.yDpi;
  for (bool last = false; !last;) {
    const SANE_Status started = device.sane->start(device.handle);
    device.sign();
    if (started != SANE_STATUS_GOOD) return troubleOf(*device.sane, started, device.name);
    SANE_Parameters about{};
    const SANE_Status known = device.sane->parameters(device.handle, &about);
    if (known != SANE_STATUS_GOOD) return troubleOf(*device.sane, known, device.name);
    const auto lines = static_cast<std::size_t>(std::max(about.lines, 0));
    auto bytes =
        readFrame(device, lines * static_cast<std::size_t>(std::max(about.bytes_per_line, 0)));
    if (!bytes) return bytes.error();
    if (auto put = putFrame(device, about, *bytes, channelOf(about.format), side); !put)
      return put.error();
    last = about.last_frame == SANE_TRUE || channelOf(about.format) < 0;
  }
  return encodeSide(side, device.jpegQuality);
}

class SaneScanner final : public Scanner {
 public:
  SaneScanner(std::shared_ptr<Device> device, std::chrono::seconds patience,
              std::vector<std::string> compromises)
      : device_(std::move(device)), patience_(patience), compromises_(std::move(compromises)) {}
  ~SaneScanner() override {
    if (stuck_) return;
    device_->sane->cancel(device_->handle);
    device_->sane->close(device_->handle);
  }
  Result<PageImage> nextSide() override {
    if (stuck_) return gone(*device_, "timeout");
    auto side = watched<PageImage>(device_, patience_, stuck_,
                                   [device = device_] { return acquire(*device); });
    return side;
  }
  void rest() override {
    if (!stuck_) device_->sane->cancel(device_->handle);
  }
  const std::vector<std::string>& compromises() const override { return compromises_; }

 private:
  std::shared_ptr<Device> device_;
  std::chrono::seconds patience_;
  bool stuck_ = false;
  std::vector<std::string> compromises_;
};

}  // namespace

Result<std::unique_ptr<Scanner>> openScanner(const std::string& name,
                                             const ScanSettings& settings) {
  const auto device = std::make_shared<Device>();
  device->sane = &SaneLibrary::get();
  device->name = name;
  device->jpegQuality = settings.jpegQuality;
  const SANE_Status opened = device->sane->open(name.c_str(), &device->handle);
  if (opened != SANE_STATUS_GOOD) {
    ItemError trouble = troubleOf(*device->sane, opened, name);
    if (trouble.cause == Cause::scanSettings)
      trouble.cause = Cause::scanNoDevice;  // SANE_STATUS_INVAL
    return trouble;
  }
  const SaneOptions options(*device->sane, device->handle, name);
  std::vector<std::string> compromises;
  if (auto set = setUp(options, settings, compromises); !set) {
    ItemError trouble = set.error();
    trouble.item = name;
    device->sane->close(device->handle);
    return trouble;
  }
  const bool one = options.has(SANE_NAME_SCAN_RESOLUTION);
  device->xDpi = options.number(one ? SANE_NAME_SCAN_RESOLUTION : SANE_NAME_SCAN_X_RESOLUTION)
                     .value_or(settings.dpi);
  device->yDpi = options.number(SANE_NAME_SCAN_Y_RESOLUTION).value_or(device->xDpi);
  return std::unique_ptr<Scanner>(
      std::make_unique<SaneScanner>(device, settings.patience, std::move(compromises)));
}

}  // namespace sohoa
