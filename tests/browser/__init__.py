"""Tests in a real Chromium. What modules share is shown as fully as a test of their own when it fails."""

import pytest

pytest.register_assert_rewrite("tests.browser.every_sight")
