package storage

import (
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/bot/evidence"
	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/bot/turn"
)

var (
	_ turn.Store     = (*Store)(nil)
	_ delivery.Store = (*Store)(nil)
	_ schedule.Store = (*Store)(nil)
	_ evidence.Store = (*Store)(nil)
)
