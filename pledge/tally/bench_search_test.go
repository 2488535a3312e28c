package tally

import (
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// spokenIndex returns an index of pledges with titles of about 90 bytes in six languages,
// a pledger for every two, themes and places.
func spokenIndex(pledges int) *Index {
	titles := strings.Split(`Ending the detention of migrant children and finding alternatives for their families
Strengthening regular pathways for labour migration and the recognition of skills
Garantir l’accès des personnes migrantes à la santé et à l’éducation dans nos villes
Fortalecer la protección de los derechos humanos de las personas migrantes en tránsito
حماية حقوق العمال المهاجرين وضمان حصولهم على الخدمات الأساسية
Содействие интеграции мигрантов и признанию их профессиональных навыков
保护移民儿童的权利并确保他们获得教育和医疗服务
Reducing the cost of remittances sent by migrant workers to their countries of origin`, "\n")
	themes := []string{"climate", "child-detention", "labour-mobility", "health", "remittances", "diaspora", "data", "return-and-reintegration"}
	var states []gcm.State
	for s := range gcm.States() {
		states = append(states, s)
	}
	x := new(Index)
	for i := range pledges {
		state := states[i*7%len(states)]
		name, category := "Association "+strconv.Itoa(i/2)+" pour la solidarité", gcm.CivilSociety
		if i%3 == 0 {
			name, category = state.Name(gcm.English), gcm.MemberState
		}
		x.putDescribed(described{facets: Facets{
			ID: numbered(i), Announced: gcm.DateOf(2018+i%8, 1+i%12, 1+i%28), Themes: themes[i%8 : i%8+1],
			Pledgers:     []Pledger{{PledgerKey(name, category, state), category, state}},
			Implementing: []gcm.State{states[i*11%len(states)]},
		}, names: []string{name}, texts: textsOf(titles[i%8]+" "+strconv.Itoa(i), "", "")})
	}
	return x
}

// BenchmarkSearch says what each key takes as one types, what the first one takes, and how
// much memory the folded texts take.
func BenchmarkSearch(b *testing.B) {
	for _, pledges := range []int{10_000, 100_000} {
		size := strconv.Itoa(pledges/1000) + "k"
		x := spokenIndex(pledges)
		b.Run(size+"/first", func(b *testing.B) {
			for b.Loop() {
				x.words = words{}
				x.Search(Query{}, "detention", 20)
			}
			x.words = words{}
			before := heap()
			x.Search(Query{}, "detention", 20)
			b.ReportMetric(float64(heap()-before)/float64(pledges), "B/pledge")
		})
		for _, text := range []string{"", "d", "de", "deten", "detention", "detention mig", "kenya detention", "santé", "المهاجرين", "儿童", "права", "migrant child detention ken", "association 77", "nothing"} {
			b.Run(size+"/"+strings.ReplaceAll(text, " ", "_"), func(b *testing.B) {
				for b.Loop() {
					x.Search(Query{}, text, 20)
				}
			})
		}
	}
}

// heap returns how many bytes are in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
