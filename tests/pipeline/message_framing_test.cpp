#include "pipeline/workers/message_framing.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace sohoa {
namespace {

struct Pair {
  Pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0); }
  ~Pair() {
    ::close(ends[0]);
    if (ends[1] >= 0) ::close(ends[1]);
  }
  int ends[2] = {-1, -1};
};

TEST(Frame, BringsMessagesOverOneByOne) {
  const Pair pair;
  for (const char* text : {"một", "", "ba"}) sendFrame(pair.ends[0], text);
  std::string message;
  EXPECT_TRUE(receiveFrame(pair.ends[1], message));
  EXPECT_EQ(message, "một");
}

TEST(Frame, WaitsForAReaderThatIsSlowerThanALargeMessage) {
  const Pair pair;
  ::fcntl(pair.ends[0], F_SETFL, O_NONBLOCK);  // as the supervisor's end is
  const std::string large(5 << 20, 'x');
  std::string message;
  std::thread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    receiveFrame(pair.ends[1], message);
  });
  sendFrame(pair.ends[0], large);
  reader.join();
  EXPECT_EQ(message.size(), large.size());
}

TEST(Frame, FromAnEndThatIsGoneIsNoMessage) {
  Pair pair;
  ::send(pair.ends[1], "\x05\0\0\0ab", 6, 0);  // cut off in the middle
  ::close(pair.ends[1]);
  pair.ends[1] = -1;
  std::string message;
  EXPECT_FALSE(receiveFrame(pair.ends[0], message));
  sendFrame(pair.ends[0], "nobody listens");  // and no signal ends this process
}

TEST(TakeFrame, TakesWholeMessagesOnly) {
  const std::string bytes("\x03\0\0\0abc\x02\0\0\0de", 13);
  std::string buffer, message;
  int taken = 0;
  for (const char c : bytes) {
    buffer += c;
    taken += takeFrame(buffer, message) ? 1 : 0;
    if (taken == 1) {
      EXPECT_EQ(message, "abc");
    }
  }
  EXPECT_EQ(taken, 2);
  EXPECT_EQ(message, "de");
  EXPECT_TRUE(buffer.empty());
}

}  // namespace
}  // namespace sohoa
